// The pace of an export, with a fake clock: hours pass in milliseconds.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createSandbox } from "../../tests/support/in-process.mjs";
import { CustomersApi, rejection } from "../../tests/support/package.mjs";
import { exportCustomers } from "./support/package.mjs";

const HOUR = 3_600_000;
const BEGIN = Date.UTC(2026, 0, 5, 12);

/** A sandbox on the clock of this process, which is moved to the next timer whenever everything waits for one. */
function hourly(t, { quota = 200, clock = 0, ...options }) {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"], now: BEGIN });
  const sandbox = createSandbox({ quota, now: () => Date.now() + clock, ...options });
  const api = new CustomersApi({
    token: "sandbox",
    baseUrl: sandbox.baseUrl,
    fetch: sandbox.fetch,
  });
  /** Lets time pass until `promise` has settled, a second whenever nothing else happens. */
  const pass = async (promise) => {
    let isOver = false;
    const over = () => {
      isOver = true;
    };
    promise.then(over, over);
    while (!isOver) {
      const before = sandbox.requests.length;
      for (let turn = 0; turn < 20 && !isOver; turn++) await new Promise(setImmediate);
      if (!isOver && sandbox.requests.length === before) t.mock.timers.tick(1000);
    }
    return promise;
  };
  return { sandbox, api, pass };
}

test("an hour's quota is used but for a tenth, then it waits for the next", async (t) => {
  // 250 requests: 180 in the first hour, 70 in the second.
  const { sandbox, api, pass } = hourly(t, { seed: 7500 });
  const plan = await pass(exportCustomers.plan(api));
  const waits = [];
  const ends = [];
  let last;
  const { requests } = await pass(
    exportCustomers(api, {}, () => {}, {
      format: "ndjson",
      onProgress: ({ waitingUntil, requests, end }) => {
        ends.push(end.getTime());
        if (waitingUntil) waits.push([requests, waitingUntil.getTime()]);
        last = Date.now();
      },
    }),
  );
  assert.equal(requests, 250);
  // One request was for the plan.
  assert.deepEqual(waits, [[179, BEGIN + HOUR + 1000]]);
  assert.equal(sandbox.requests.filter(({ status }) => status === 429).length, 0);
  assert.deepEqual([plan.customers, plan.requests, plan.hours], [7500, 250, 1]);
  assert.equal(plan.end.getTime(), BEGIN + HOUR);
  assert.ok(last >= plan.end && last < plan.end.getTime() + 5000);
  assert.equal(ends[0], BEGIN + HOUR);
});

test("the end is computed from the quota and its reset", async (t) => {
  const { api, pass } = hourly(t, { quota: 20, seed: 3000 });
  // 100 requests, 18 an hour: 17 are left in this hour after the plan's, then 83 in five more.
  const { hours, end } = await pass(exportCustomers.plan(api));
  assert.equal(hours, 5);
  assert.equal(end.getTime(), BEGIN + 5 * HOUR);
});

test("it waits while others have used up the quota", async (t) => {
  const { sandbox, api, pass } = hourly(t, { quota: 30, seed: 400 });
  let calls = 0;
  const write = async () => {
    if (++calls === 3)
      for (let count = 0; count < 30; count++) await others.list({ limit: 1 }).catch(() => {});
  };
  const others = new CustomersApi({
    token: "sandbox",
    baseUrl: sandbox.baseUrl,
    fetch: sandbox.fetch,
    maxRetries: 0,
  });
  const waits = [];
  const { customers } = await pass(
    exportCustomers(api, {}, write, {
      format: "ndjson",
      onProgress: ({ waitingUntil }) => waitingUntil && waits.push(waitingUntil - BEGIN),
    }),
  );
  assert.equal(customers, 400);
  assert.equal(waits.length, 1);
  assert.ok(waits[0] >= HOUR && waits[0] < HOUR + 10_000, `${waits[0]}`);
});

test("a clock that is behind the service's waits for no more than an hour", async (t) => {
  const { sandbox, api, pass } = hourly(t, { quota: 10, seed: 400, clock: 5 * HOUR });
  const { customers } = await pass(exportCustomers(api, {}, () => {}, { format: "ndjson" }));
  assert.equal(customers, 400);
  assert.ok(Date.now() - BEGIN < 3 * HOUR, `${(Date.now() - BEGIN) / HOUR} hours`);
  assert.equal(sandbox.requests.length, 14);
});

test("with a clock that is ahead it takes one request per minute of what is left to others", async (t) => {
  const { api, pass } = hourly(t, { quota: 50, seed: 1800, clock: -5 * HOUR });
  const times = [];
  await pass(
    exportCustomers(api, {}, () => void times.push(Date.now() - BEGIN), { format: "ndjson" }),
  );
  assert.equal(times.length, 60);
  // 45 at once, then the five of the reserve, and then the time that the service names.
  assert.ok(times[44] < 60_000 && times[45] >= 60_000 && times[49] >= 5 * 60_000, `${times}`);
  assert.ok(times[50] >= HOUR && times[59] < 2 * HOUR, `${times}`);
});

test("it continues after faults, and each customer is written once", async (t) => {
  const { sandbox, api, pass } = hourly(t, { quota: 100_000, seed: 600 });
  const faults = [
    "lost-answer",
    503,
    "truncate",
    "throttle",
    "html",
    "empty",
    "throttle=laravel",
    "reset",
    500,
  ];
  let at = 0;
  const ids = [];
  const write = (text) => {
    ids.push(
      ...text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).id),
    );
    const fault = faults[at++];
    // An answer that is not a list is not a network fault: it ends the export, and another one continues.
    if (fault) sandbox.fail("list", fault, { times: fault === "empty" ? 1 : 4 });
  };
  let resume;
  for (let runs = 0; runs < 3; runs++) {
    try {
      await pass(exportCustomers(api, {}, write, { format: "ndjson", resume }));
      break;
    } catch (error) {
      assert.equal(error.name, "UnexpectedResponseError");
      ({ resume } = error);
    }
  }
  assert.equal(at, 20);
  assert.equal(new Set(ids).size, 600);
  assert.equal(ids.length, 600);
});

test("an outage of more than five minutes ends it, and it can be continued", async (t) => {
  const { sandbox, api, pass } = hourly(t, { quota: 100_000, seed: 100 });
  let pages = 0;
  const write = () => {
    if (++pages === 2) sandbox.fail("list", 503, { times: 1000 });
  };
  const waits = [];
  const error = await pass(
    rejection(
      exportCustomers(api, {}, write, {
        format: "ndjson",
        onProgress: ({ waitingUntil }) => waitingUntil && waits.push(waitingUntil - Date.now()),
      }),
    ),
  );
  assert.equal(error.status, 503);
  assert.equal(error.resume.customers, 60);
  assert.deepEqual(waits, [5000, 10_000, 20_000, 40_000, 80_000, 160_000]);
});

test("a failure from the beginning ends it at once", async (t) => {
  const { sandbox, api, pass } = hourly(t, { quota: 100_000, seed: 100 });
  sandbox.fail("list", "reset", { times: 1000 });
  const error = await pass(rejection(exportCustomers(api, {}, () => {})));
  assert.equal(error.name, "ConnectionError");
  assert.equal(sandbox.requests.length, 3);
});

test("an abort ends a wait at once and leaves no timer", async (t) => {
  const { api, pass } = hourly(t, { quota: 2, seed: 100 });
  const controller = new AbortController();
  const error = await pass(
    rejection(
      exportCustomers(api, {}, () => {}, {
        signal: controller.signal,
        onProgress: ({ waitingUntil }) => waitingUntil && controller.abort("enough"),
      }),
    ),
  );
  assert.equal(error, "enough");
  assert.ok(Date.now() - BEGIN < 5000);
});
