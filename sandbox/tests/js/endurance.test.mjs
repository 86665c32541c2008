// A sandbox that is used for a long time, as by a page that is left open: nothing in it grows.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import { call, createSandbox, program } from "./support.mjs";

// A separate process, so that the memory of its instance can be measured.
const measure = `
import { memories } from "${new URL("../../../tests/support/memories.mjs", import.meta.url)}";
const { createSandbox } = await import(process.env.MODULE);
const sandbox = createSandbox({ seed: 100, quota: 1_000_000 });
const ask = async (method, path, value) => {
  const headers = { authorization: "Bearer sandbox", "content-type": "application/json" };
  const body = value && JSON.stringify(value);
  const response = await sandbox.fetch(sandbox.baseUrl + path, { method, headers, body });
  return { status: response.status, text: await response.text() };
};
let id;
const operations = [
  async () => { id = JSON.parse((await ask("POST", "/customers", { first_name: "Ada", notes: "n".repeat(900) })).text).customer.id; },
  () => ask("GET", "/customers?limit=3&sort=-last_name"),
  () => ask("PUT", "/customers/" + id, { notes: "m".repeat(500), labels: ["VIP"] }),
  () => ask("GET", "/customers/" + id),
  () => ask("DELETE", "/customers/" + id),
];
const run = async (times) => {
  for (let done = 0; done < times; done++) await operations[done % operations.length]();
};
const used = () => {
  globalThis.gc();
  return { module: memories.at(-1).buffer.byteLength, heap: process.memoryUsage().heapUsed };
};
await run(20_000);
const before = used();
await run(80_000);
console.log(JSON.stringify({ before, after: used(), requests: sandbox.requests.length, last: await ask("GET", "/customers/" + id) }));
`;

test("a hundred thousand calls leave the memory of a sandbox where it was", async () => {
  const { stdout } = await promisify(execFile)(
    "node",
    ["--expose-gc", "--input-type=module", "--eval", measure],
    { env: { ...process.env, MODULE: program } },
  );
  const { before, after, requests, last } = JSON.parse(stdout);
  assert.equal(last.status, 404, "the calls did what they should");
  assert.equal(requests, 10_000);
  assert.equal(after.module, before.module);
  // V8 itself makes up to two megabytes of code and lists meanwhile; 100 bytes for each call would be eight.
  const grown = after.heap - before.heap;
  assert.ok(grown < 4_000_000, `${grown} bytes more`);
});

test("the last ten thousand requests are kept", async () => {
  const sandbox = createSandbox();
  await call(sandbox, "GET", "/customers/first");
  for (let count = 1; count < 10_000; count++) await call(sandbox, "GET", "/customers/other");
  assert.equal(sandbox.requests.length, 10_000);
  assert.equal(sandbox.requests[0].id, "first");
  await call(sandbox, "GET", "/customers/last");
  assert.equal(sandbox.requests.length, 10_000);
  assert.deepEqual([sandbox.requests[0].id, sandbox.requests.at(-1).id], ["other", "last"]);
});
