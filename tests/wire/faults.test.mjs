// Every fault of the sandbox with every operation: how many requests the server saw, what came out, and
// whether it may have been carried out.

import assert from "node:assert/strict";
import { test } from "node:test";
import { operations, passing, persistent, table } from "../support/faults.mjs";
import { outcome } from "../support/outcome.mjs";
import { CustomersApi, module } from "../support/package.mjs";
import { startSandbox, token } from "../support/sandbox.mjs";
import { scenario } from "../support/scenario.mjs";

test("what each fault does to each operation", { concurrency: 16 }, async (t) => {
  const sandbox = await startSandbox(t, "--seed", "10");
  const api = new CustomersApi({ token, baseUrl: sandbox.baseUrl });

  /** Carries out an operation on a customer of its own, and tells what came of it and what was seen. */
  async function met(faults, operation, options) {
    const { id } = await api.create({ first_name: "Subject" });
    const { baseUrl, seen } = scenario(sandbox, faults);
    const result = await outcome({
      module,
      operation,
      id,
      options: { token, baseUrl, ...options },
    });
    return { requests: (await seen()).length, ...result };
  }

  const rows = table.flatMap((row) => operations.map((operation) => [row, operation]));
  await Promise.all(
    rows.map(([row, operation]) =>
      t.test(`${row.fault} × ${operation}`, async () => {
        const { fault, options } = row;
        const always = [fault, fault, fault].join();
        const [never, once, passed] = await Promise.all([
          met(always, operation, { maxRetries: 0, ...options }),
          met(always, operation, { maxRetries: 1, ...options }),
          // The second request needs its time, whatever else the machine does.
          met(fault, operation, {
            maxRetries: 1,
            ...options,
            ...(options.timeout && { timeout: 10_000 }),
          }),
        ]);
        assert.deepEqual(never, persistent(row, operation, 0), "without a retry");
        // What the first attempt deleted is gone for the second one, and that is what was wanted.
        const isGone = operation === "delete" && fault === "truncate";
        const expected = isGone ? { requests: 2, error: null } : persistent(row, operation, 1);
        assert.deepEqual(once, expected, "with one retry");
        assert.deepEqual(passed, passing(row, operation), "where the fault passes");
      }),
    ),
  );
});
