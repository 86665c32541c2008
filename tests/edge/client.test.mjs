// The client in workerd, with the package's entry for it, at an old compatibility date and at a current one.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Miniflare } from "miniflare";
import { testFaults } from "../support/faults.mjs";
import { root, startSandbox, token } from "../support/sandbox.mjs";
import { scenario } from "../support/scenario.mjs";

// The first one has no FinalizationRegistry.
const dates = ["2024-09-01", "2026-07-30"];

/** The modules of the worker, by the paths with which they import each other. */
const sources = [
  ["ESModule", "worker.mjs", "tests/edge/worker.mjs"],
  ["ESModule", "outcome.mjs", "tests/support/outcome.mjs"],
  ["ESModule", "pkg/dist/workerd.js", "pkg/dist/workerd.js"],
  ["CompiledWasm", "pkg/dist/collins_customers.wasm", "pkg/dist/collins_customers.wasm"],
];

/** Starts a worker. Returns a function that asks it for a task. */
function startWorker(t, compatibilityDate) {
  const modules = sources.map(([type, path, file]) => {
    const contents = readFileSync(join(root, file));
    return { type, path, contents: type === "ESModule" ? contents.toString() : contents };
  });
  const worker = new Miniflare({ host: "127.0.0.1", compatibilityDate, modules });
  t.after(() => worker.dispose());
  return async (task, parameters) => {
    const body = JSON.stringify({ task, ...parameters });
    const response = await worker.dispatchFetch("http://worker.example", { method: "POST", body });
    assert.equal(response.status, 200, await response.clone().text());
    return response.json();
  };
}

for (const date of dates) {
  test(`workerd as of ${date}`, { concurrency: 12 }, async (t) => {
    const sandbox = await startSandbox(t, "--seed", "70");
    const ask = startWorker(t, date);

    await t.test("the operations", async () => {
      assert.deepEqual(await ask("operations", { options: { token, baseUrl: sandbox.baseUrl } }), {
        listed: [true],
        total: 1,
        read: "Ada",
        updated: "Grace",
        deleted: true,
        missing: true,
        refused: true,
        issues: ["invalid_email"],
        count: 70,
      });
    });

    await t.test("an abort ends a wait", async () => {
      const { baseUrl, seen } = scenario(sandbox, "status=503;retry-after=50");
      assert.deepEqual(await ask("abort", { options: { token, baseUrl } }), { reason: "why" });
      assert.equal((await seen()).length, 1);
    });

    const workerModule = "./pkg/dist/workerd.js";
    await testFaults(t, sandbox, (call) => ask("outcome", { module: workerModule, ...call }));
  });
}
