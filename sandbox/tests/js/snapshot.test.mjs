// A snapshot contains everything that determines the future, whatever happened before; and many sandboxes leave nothing
// behind.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import { chance } from "../../../tests/support/random.mjs";
import { call, createSandbox } from "./support.mjs";

const run = promisify(execFile);

const TEXTS = ["", "Ada", "José", "a\u0000b", '"\\', "\ud83d", "🎉", "김민준", " a  b "];

const options = {
  quota: 60,
  now: () => 1_700_000_000_000,
  faults: { share: 0.2, only: [503, "throttle", "truncate", "lost", "html", "reset"], seed: 5 },
};

/** The outcome of a request: everything that its sender can see. */
async function outcome(answer) {
  try {
    const response = await answer;
    return [response.status, [...response.headers], await response.text()];
  } catch (error) {
    return `${error}`;
  }
}

/** Random operations, the same ones for the same seed. */
function operations(seed) {
  const { oneOf, next, some } = chance(seed);
  const body = () => ({
    ...Object.fromEntries(some(3, () => [oneOf(["first_name", "notes", "email"]), oneOf(TEXTS)])),
    ...(next() < 0.3 && { marketing_preferences: { [oneOf(["a", "b"])]: next() < 0.5 } }),
    ...(next() < 0.2 && { company_address: { city: oneOf(TEXTS), street: null } }),
  });
  return async (sandbox) => {
    if (next() < 0.05) sandbox.advance("25m");
    const [one] = JSON.parse(JSON.stringify(sandbox.snapshot().customers.slice(-3)));
    const id = oneOf([one?.id ?? "none", "none"]);
    const [method, path, json] = oneOf([
      ["GET", `/customers?sort=${oneOf(["id", "-first_name,email", "notes"])}&limit=5`],
      ["GET", `/customers?query=${encodeURIComponent(oneOf(["a", "jose", "김"]))}`],
      ["POST", "/customers", body()],
      ["POST", "/customers", body()],
      ["PUT", `/customers/${id}`, body()],
      ["DELETE", `/customers/${id}`],
    ]);
    return outcome(call(sandbox, method, path, json));
  };
}

test("from a snapshot it continues as it would have, whatever happened before", async () => {
  for (const length of [0, 1, 30, 100, 200]) {
    const customers = [
      { loyalty: { tier: 1e21 }, labels: ["\ud83d", 'a"b'] },
      { id: "x", dob: 7 },
    ];
    const sandbox = createSandbox({ ...options, seed: 5, customers });
    const before = operations(length);
    for (let number = 0; number < length; number += 1) await before(sandbox);
    const snapshot = JSON.parse(JSON.stringify(sandbox.snapshot()));
    const copy = createSandbox({ ...options, snapshot });
    assert.deepEqual(copy.snapshot(), snapshot);
    const [one, other] = [operations(7), operations(7)];
    for (let number = 0; number < 60; number += 1)
      assert.deepEqual(await other(copy), await one(sandbox), `${number} after ${length}`);
    assert.deepEqual(copy.snapshot(), sandbox.snapshot());
  }
});

test("sandboxes and requests leave nothing behind", async () => {
  const script = `
    const { createSandbox } = await import(${JSON.stringify(import.meta.resolve("./support.mjs"))});
    const headers = { authorization: "Bearer sandbox", "content-type": "application/json" };
    const used = async () => {
      // The memory of an instance is returned some turns after it was collected.
      for (let turn = 0; turn < 20; turn += 1) {
        gc();
        await new Promise(setImmediate);
      }
      const { heapUsed, external, arrayBuffers } = process.memoryUsage();
      return heapUsed + external + arrayBuffers;
    };
    const one = createSandbox({ seed: 10, quota: 2 ** 32 - 1 });
    const round = async (sandboxes, requests) => {
      for (let time = 0; time < sandboxes; time += 1) {
        const sandbox = createSandbox({ seed: 1 });
        await (await sandbox.fetch(sandbox.baseUrl + "/customers", { headers })).text();
      }
      for (let time = 0; time < requests; time += 1) {
        const url = one.baseUrl + "/customers";
        const created = await one.fetch(url, { method: "POST", headers, body: "{}" });
        const { customer } = await created.json();
        await one.fetch(url + "/" + customer.id, { method: "DELETE", headers });
        one.requests.length = 0;
      }
    };
    await round(50, 1_000);
    const before = await used();
    await round(300, 5_000);
    console.log((await used()) - before);`;
  const { stdout } = await run(process.execPath, [
    "--expose-gc",
    "--input-type=module",
    "--eval",
    script,
  ]);
  // V8 itself makes up to two megabytes of code and lists meanwhile; 300 sandboxes have more than 300.
  assert.ok(Number(stdout) < 2 ** 22, `${stdout.trim()} bytes more`);
});
