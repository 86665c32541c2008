// Every fault of the sandbox with every operation, in Node.

import { test } from "node:test";
import { testFaults } from "../support/faults.mjs";
import { outcome } from "../support/outcome.mjs";
import { module } from "../support/package.mjs";
import { startSandbox } from "../support/sandbox.mjs";

test("what each fault does to each operation", { concurrency: 16 }, async (t) => {
  const sandbox = await startSandbox(t, "--seed", "10");
  await testFaults(t, sandbox, (call) => outcome({ module, ...call }));
});
