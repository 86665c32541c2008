// The ledger as a Durable Object, in the real workerd: many isolates, evictions, alarms, overload, and killed
// processes.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { CustomersApi } from "../../tests/support/package.mjs";
import { token as sandboxToken, startSandbox } from "../../tests/support/sandbox.mjs";
import { startUpstream, token } from "./support/upstream.mjs";
import { module, modules as proxyModules, startWorker } from "./support/workerd.mjs";

const HOUR = 3_600_000;

const modules = [
  module("worker.mjs", "proxy/tests/support/ledger-worker.mjs"),
  ...proxyModules,
  module("pkg/dist/proxy/cloudflare.js"),
];

/** A service that counts the requests of an hour, and reports what remains. */
async function startCounted(t, limit, say = (remaining) => remaining) {
  const state = { limit, used: 0, refused: 0, reset: Date.now() + HOUR };
  const upstream = await startUpstream(t, (_, response) => {
    if (Date.now() >= state.reset) {
      state.used = 0;
      state.reset += HOUR;
    }
    const isLeft = state.used < state.limit;
    if (isLeft) state.used += 1;
    else state.refused += 1;
    response.writeHead(isLeft ? 200 : 429, {
      "Content-Type": "application/json",
      "X-RateLimit-Limit": `${state.limit}`,
      "X-RateLimit-Remaining": `${Math.max(0, say(state.limit - state.used))}`,
      "X-RateLimit-Reset": new Date(state.reset).toISOString(),
    });
    response.end('{"customers":[]}');
    return true;
  });
  return { upstream, state };
}

/** This many isolates that share one ledger. */
async function startIsolates(t, count, { baseUrl, settings = {}, slowness = 30, ...options }) {
  const bindings = {
    TOKEN: token,
    BASE_URL: baseUrl,
    TIMEOUT: 10_000,
    HAS_QUOTA: true,
    SETTINGS: settings,
    SLOWNESS: slowness,
  };
  const common = { modules, compatibilityDate: "2026-07-30", bindings };
  const { worker } = await startWorker(t, {
    compatibilityDate: undefined,
    ...options,
    workers: [
      {
        name: "ledger",
        ...common,
        durableObjects: { LEDGER: { className: "Ledger", useSQLite: true } },
      },
      ...Array.from({ length: count }, (_, index) => ({
        name: `isolate-${index}`,
        ...common,
        durableObjects: { LEDGER: { className: "Ledger", scriptName: "ledger", useSQLite: true } },
      })),
    ],
  });
  const names = ["ledger", ...Array.from({ length: count }, (_, index) => `isolate-${index}`)];
  const isolates = await Promise.all(names.map((name) => worker.getWorker(name)));
  const list = async (index, tenant, more = {}) => {
    const headers = { ...(tenant && { "X-Tenant": tenant }), ...more };
    const response = await isolates[index].fetch("http://proxy.example/api/customers", { headers });
    await response.arrayBuffer();
    return response;
  };
  // Each isolate starts with its first request, which is not part of the test.
  for (const isolate of isolates) await isolate.fetch("http://proxy.example/api/elsewhere");
  /** Calls a method of the object itself. */
  const door = async (name, ...given) => {
    const init = { method: "POST", body: JSON.stringify([name, given]) };
    return (await isolates[0].fetch("http://proxy.example/door/", init)).json();
  };
  await door("state");
  return { list, door };
}

test("50 isolates share one quota: it is not exceeded, and no tenant falls below its reserve", async (t) => {
  const { upstream, state } = await startCounted(t, 300);
  const settings = { limit: 300, tenants: { north: { reserve: 60 }, south: { reserve: 40 } } };
  const { list } = await startIsolates(t, 50, { baseUrl: upstream.baseUrl, settings });
  const passed = { north: 0, south: 0, other: 0 };
  const ask = async (index, tenant) => {
    const response = await list(index, tenant);
    if (response.status === 200) passed[tenant] += 1;
    else {
      assert.equal(response.status, 429);
      assert.ok(Number(response.headers.get("retry-after")) > 0);
    }
    return response;
  };
  // The first tenant takes all that it can get.
  for (let round = 0; round < 12; round++)
    await Promise.all(Array.from({ length: 50 }, (_, index) => ask(index, "other")));
  const first = { ...passed };
  for (let round = 0; round < 4; round++)
    await Promise.all(
      Array.from({ length: 50 }, (_, index) => ask(index, index % 2 ? "north" : "south")),
    );
  assert.equal(state.refused, 0, "the service had to refuse nothing");
  assert.ok(state.used <= 300);
  assert.ok(first.other >= 150 && first.other <= 200, `${first.other} for one without a reserve`);
  assert.ok(passed.north >= 60, `${passed.north} for north`);
  assert.ok(passed.south >= 40, `${passed.south} for south`);
  const response = await ask(0, "north");
  const figures = ["limit", "remaining"].map((name) =>
    Number(response.headers.get(`x-ratelimit-${name}`)),
  );
  assert.ok(figures[0] >= 60 && figures[0] < 300, "a tenant has figures of its own");
  assert.ok(figures[1] < figures[0]);
});

test("a service whose figures disagree, or shrink, is overdrawn at most by what was leased", async (t) => {
  const { upstream, state } = await startCounted(t, 400, (remaining) =>
    Math.random() < 0.5 ? remaining : remaining - 20,
  );
  const { list } = await startIsolates(t, 20, {
    baseUrl: upstream.baseUrl,
    settings: { limit: 400 },
  });
  const round = () => Promise.all(Array.from({ length: 20 }, (_, index) => list(index)));
  for (let count = 0; count < 5; count++) await round();
  const out = state.used;
  state.limit = 120;
  for (let count = 0; count < 15; count++) await round();
  assert.ok(out <= 100);
  // Each isolate may have had a block that was leased before.
  assert.ok(state.refused <= 20 * Math.ceil(400 / 32), `${state.refused} were too many`);
  assert.ok(state.used > 100);
});

test("an evicted object continues, and gives nothing twice", async (t) => {
  const { upstream, state } = await startCounted(t, 200);
  const { list, door } = await startIsolates(t, 10, {
    baseUrl: upstream.baseUrl,
    settings: { limit: 200 },
  });
  for (let round = 0; round < 60; round++) {
    await Promise.all(Array.from({ length: 10 }, (_, index) => list(index)));
    if (round % 6 === 5) assert.match((await door("evict")).error, /evicted/);
  }
  assert.ok(state.used >= 100, `${state.used} of 200`);
  assert.ok(state.refused <= 10, `${state.refused} were too many`);
});

for (const [how, switched] of [
  ["overloaded", "overload"],
  ["broken", "break"],
  ["silent", "silence"],
]) {
  test(`with an object that is ${how}, some requests pass, but not all`, async (t) => {
    const { upstream, state } = await startCounted(t, 3200);
    const { list, door } = await startIsolates(t, 1, {
      baseUrl: upstream.baseUrl,
      settings: { limit: 3200 },
      slowness: 1,
    });
    for (let count = 0; count < 30; count++) assert.equal((await list(1)).status, 200);
    await door(switched, true);
    if (how === "overloaded")
      assert.equal((await door("lease", { want: 1 })).overloaded, true, "as it reaches a worker");
    if (how === "broken")
      assert.match((await door("lease", { want: 1 })).error, /broken by a test/);
    const before = state.used;
    const statuses = [];
    // In groups: after half a minute the last share may be used again.
    for (let count = 0; count < 400; count += 20) {
      const responses = await Promise.all(Array.from({ length: 20 }, () => list(1)));
      statuses.push(...responses.map(({ status }) => status));
    }
    const passed = state.used - before;
    assert.ok(passed > 0, "a full stop");
    assert.ok(passed <= 250, `an open gate: ${passed}`);
    assert.equal(statuses.at(-1), 429);
    await door(switched, false);
    await sleep(5100);
    let last = await list(1);
    // On a busy machine the first answers of the ledger may be late, too.
    for (let tries = 0; last.status !== 200 && tries < 10; tries++) {
      await sleep(5100);
      last = await list(1);
    }
    assert.equal(last.status, 200);
  });
}

test("a clock that jumps neither blocks the object nor lifts its limit", async (t) => {
  const limit = 320;
  const { upstream, state } = await startCounted(t, limit);
  const { list, door } = await startIsolates(t, 10, {
    baseUrl: upstream.baseUrl,
    settings: { limit },
  });
  const passed = [];
  for (const jump of [0, 2 * HOUR, -5 * HOUR, HOUR / 2, -HOUR / 6, 26 * HOUR]) {
    await door("jump", jump);
    const before = state.used;
    for (let round = 0; round < 5; round++)
      await Promise.all(Array.from({ length: 10 }, (_, index) => list(index)));
    passed.push(state.used - before);
  }
  assert.ok(
    passed.every((count) => count > 0),
    `passed after each jump: ${passed}`,
  );
  // More requests than there are: each isolate may lease one block while the remaining number is unknown.
  for (let round = 0; round < 20; round++)
    await Promise.all(Array.from({ length: 10 }, (_, index) => list(index)));
  assert.ok(state.refused <= 10 * Math.ceil(limit / 32), `${state.refused} were too many`);
});

test("at the reset an alarm ends the hour, with or without requests", async (t) => {
  const { upstream, state } = await startCounted(t, 100);
  const { list, door } = await startIsolates(t, 1, {
    baseUrl: upstream.baseUrl,
    settings: { limit: 100 },
  });
  // So far away that the hour does not end before the first look, whatever the machine does.
  state.reset = Date.now() + 10_000;
  for (let count = 0; count < 5; count++) await list(1);
  const used = await door("state");
  assert.ok(used.entries.quota.free < 100);
  assert.ok(used.alarm <= state.reset + 2000);
  let entries;
  const late = state.reset + 60_000;
  do {
    await sleep(100);
    ({ entries } = await door("state"));
  } while (entries.quota.free < 100 && Date.now() < late);
  assert.equal(entries.quota.free, 100);
  assert.deepEqual(entries.quota.spent, {});
  assert.equal((await list(1)).status, 200);
});

test("expired keys are deleted, and no others", async (t) => {
  const { upstream } = await startCounted(t, 100);
  const { door } = await startIsolates(t, 0, { baseUrl: upstream.baseUrl });
  const [past, future] = [Date.now() - 1000, Date.now() + HOUR];
  const entries = {};
  for (let count = 0; count < 100; count++) {
    const until = count % 2 ? past : future;
    const record = { hash: "h", first: 0, sent: 0, until, customer: `c${count}` };
    entries[`key:${count}`] = record;
    entries[`until:${String(until).padStart(15, "0")}:${count}`] = `${count}`;
    entries[`customer:c${count}`] = `${count}`;
  }
  for (const some of chunks(Object.entries(entries), 100))
    await door("put", Object.fromEntries(some));
  await door("wake");
  const { entries: left, alarm } = await door("state");
  const kept = Object.keys(left).filter((name) => name !== "quota");
  assert.equal(kept.length, 150);
  assert.ok(kept.every((name) => Number(name.match(/\d+$/)[0]) % 2 === 0));
  assert.equal(alarm, future);
});

const chunks = (list, size) =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );

const steps = [
  "before begin",
  "after begin",
  "before the request",
  "after the request",
  "before end",
  "after end",
  "before the answer",
];

test("a process that is killed between any two steps of a create creates one customer", async (t) => {
  const sandbox = await startSandbox(t);
  const service = new CustomersApi({ token: sandboxToken, baseUrl: sandbox.baseUrl });
  const folder = mkdtempSync(join(tmpdir(), "collins-customers-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));

  let fatal;
  let killed;
  const control = createServer((request, response) => {
    if (decodeURIComponent(request.url.slice(1)) === fatal) killed();
    else response.end();
  });
  await new Promise((resolve) => control.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    control.closeAllConnections();
    control.close();
  });

  const start = () =>
    startWorker(undefined, {
      modules,
      bindings: {
        TOKEN: sandboxToken,
        BASE_URL: sandbox.baseUrl,
        TIMEOUT: 1500,
        CONTROL: `http://127.0.0.1:${control.address().port}`,
      },
      durableObjects: { LEDGER: { className: "Ledger", useSQLite: true } },
      durableObjectsPersist: folder,
    });

  for (const step of steps) {
    await t.test(step, async () => {
      const last_name = `Killed${steps.indexOf(step)}`;
      fatal = step;
      let current = await start();
      const death = new Promise((resolve) => {
        killed = () => {
          // Once is enough: the next process lives.
          fatal = undefined;
          // SIGKILL, to the process of workerd.
          resolve(current.worker.dispose());
        };
      });
      const api = new CustomersApi({
        baseUrl: "https://app.example/api",
        idempotency: true,
        maxRetries: 30,
        totalTimeout: 600_000,
        fetch: async (url, init) => {
          const { pathname } = new URL(url);
          return fetch(new URL(pathname, current.url), init);
        },
        onRetry: () => {},
      });
      const creating = api.create({ last_name, first_name: "Ada" });
      creating.catch(() => {});
      await death;
      current = await start();
      const customer = await creating;
      await current.worker.dispose();
      const { customers } = await service.list({ query: last_name });
      assert.deepEqual(
        customers.map(({ id }) => id),
        [customer.id],
      );
    });
  }
});
