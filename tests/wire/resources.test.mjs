// Listeners, timers and WebAssembly memory do not grow, and simultaneous calls do not disturb each other.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { getEventListeners } from "node:events";
import { test } from "node:test";
import { promisify } from "node:util";
import { CustomersApi, calls, clientOf, json, module, rejection } from "../support/package.mjs";
import { startSandbox, token } from "../support/sandbox.mjs";

test("a thousand calls on one signal leave no listener", async () => {
  const { signal } = new AbortController();
  const { api } = clientOf((url) => (url.includes("bad") ? json({}, { status: 404 }) : undefined));
  const good = clientOf().api;
  for (let count = 0; count < 200; count++) {
    for (const call of Object.values(calls)) await call(good, { signal });
    await rejection(api.get("bad", { signal }));
  }
  assert.equal(getEventListeners(signal, "abort").length, 0);
  assert.ok(!process.getActiveResourcesInfo().includes("Timeout"));
});

test("simultaneous calls on one signal share a listener, and an abort ends all of them", async () => {
  const warnings = [];
  const note = (warning) => warnings.push(warning.name);
  process.on("warning", note);
  const controller = new AbortController();
  const { signal } = controller;
  const { api } = clientOf(() => new Promise(() => {}));
  const waiting = Array.from({ length: 20 }, () => rejection(api.list({}, { signal })));
  await new Promise(setImmediate);
  assert.equal(getEventListeners(signal, "abort").length, 1);
  controller.abort("why");
  assert.deepEqual(await Promise.all(waiting), Array(20).fill("why"));
  assert.equal(getEventListeners(signal, "abort").length, 0);
  await new Promise(setImmediate);
  process.off("warning", note);
  assert.deepEqual(warnings, []);
});

test("two hundred simultaneous calls each get their own answer", async (t) => {
  const { baseUrl } = await startSandbox(t, "--seed", "0");
  const api = new CustomersApi({ token, baseUrl });
  const names = Array.from({ length: 200 }, (_, index) => `Customer ${index}`);
  const created = await Promise.all(names.map((first_name) => api.create({ first_name })));
  assert.deepEqual(
    created.map((customer) => customer.first_name),
    names,
  );
  assert.equal(new Set(created.map(({ id }) => id)).size, 200);

  const mixed = await Promise.all(
    created.map(async ({ id }, index) => {
      switch (index % 4) {
        case 0:
          return (await api.get(id)).first_name;
        case 1:
          return (await api.update(id, { notes: `${index}` })).notes;
        case 2:
          return (await rejection(api.get(`none-${index}`))).name;
        default:
          return (await api.list({ full_name: `Customer ${index}`, limit: 30 })).customers.some(
            (customer) => customer.id === id,
          );
      }
    }),
  );
  const expected = names.map((name, index) => [name, `${index}`, "NotFoundError", true][index % 4]);
  assert.deepEqual(mixed, expected);
});

// The memory is recorded when the instance is created, in a separate process.
const measure = `
import { memories } from "${new URL("../support/memories.mjs", import.meta.url)}";
const { CustomersApi, CustomerFilter, validateNewCustomer } = await import(process.env.MODULE);
const customer = { id: "1", first_name: "Ada", notes: "n".repeat(900) };
const success = () => Response.json({ customer, customers: Array(30).fill(customer) });
const failure = () => Response.json({ message: "no", errors: { notes: ["no"] } }, { status: 422 });
let count = 0;
const fetch = async () => (count++ % 5 === 4 ? failure() : success());
const api = new CustomersApi({ token: "t", baseUrl: "https://proxy.example", fetch });
const operations = [
  () => api.list(new CustomerFilter().labels(["VIP"]).limit(30)),
  () => api.get("1"),
  () => api.create({ first_name: "Ada", notes: "n".repeat(900) }),
  () => api.update("1", { notes: null }),
  () => api.delete("1"),
  () => api.create({ notes: "n".repeat(2000) }),
  () => api.get(".."),
];
const run = async (times) => {
  for (let done = 0; done < times; done++) await operations[done % operations.length]().catch(() => {});
};
const filters = (times) => {
  for (let done = 0; done < times; done++) {
    const filter = new CustomerFilter().labels(["VIP", String(done)]).optedIn(["1"]).optedInDate("2024-02-29");
    CustomerFilter.parse(filter.toQueryString());
    if (done % 10 === 0) try { filter.limit(31).toQueryString() } catch {}
  }
};
await run(100);
filters(100);
const before = memories.at(-1).buffer.byteLength;
await run(10_000);
filters(100_000);
console.log(JSON.stringify([before, memories.at(-1).buffer.byteLength]));
`;

test("ten thousand calls and a hundred thousand filters do not grow the memory", async () => {
  const { stdout } = await promisify(execFile)("node", ["--input-type=module", "--eval", measure], {
    env: { ...process.env, MODULE: module },
  });
  const [before, after] = JSON.parse(stdout);
  assert.ok(before > 0);
  assert.equal(after, before);
});
