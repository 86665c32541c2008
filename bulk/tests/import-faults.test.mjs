// Imports with a failing network and service: no customer is created twice, and none is lost.

import assert from "node:assert/strict";
import { test } from "node:test";
import { CustomersApi } from "../../tests/support/package.mjs";
import {
  byEmail,
  bytesOf,
  fileOf,
  memoryJournal,
  people,
  person,
  service,
  sum,
} from "./support/imports.mjs";
import { importCustomers } from "./support/package.mjs";

const HOUR = 3_600_000;
const START = Date.UTC(2025, 5, 30, 12);

const statesOf = ({ created, skipped, refused, unknown }) => ({
  created,
  skipped,
  refused,
  unknown,
});

async function imported(file, api, options, journal = memoryJournal()) {
  const plan = await importCustomers.plan(file, api, options);
  return { plan, journal, result: await plan.run({ journal }) };
}

/** The journal that a killed process leaves: its lines up to the one that says that this row is being sent. */
const upToSending = (lines, row) => {
  const place = lines.findIndex((line) => line.startsWith(`{"row":${row},"state":"sending"`));
  assert.ok(place > 0);
  return lines.slice(0, place + 1);
};

/** Moves the clocks of this process, so that waiting takes no time. Resolves to the duration of all waits. */
async function passing(t, promise) {
  const begin = Date.now();
  let isDone = false;
  const done = promise.finally(() => {
    isDone = true;
  });
  done.catch(() => {});
  while (!isDone) {
    await new Promise((resolve) => setImmediate(resolve));
    t.mock.timers.tick(1000);
  }
  await done;
  return Date.now() - begin;
}

const clock = (t) => t.mock.timers.enable({ apis: ["setTimeout", "Date"], now: START });

for (const fault of ["lost-answer", "truncate", "empty", "json"])
  test(`an answer that is lost (${fault}) is looked up, and the row is never sent again`, async () => {
    const { api, sandbox, customers, asked } = service();
    const plan = await importCustomers.plan(fileOf(people(40)), api);
    sandbox.fail("create", fault, { times: 3 });
    const result = await plan.run({ journal: memoryJournal() });
    assert.deepEqual(statesOf(result), { created: 40, skipped: 0, refused: 0, unknown: 0 });
    assert.equal(asked().create.length, 40);
    assert.equal(customers().length, 40);
  });

for (const fault of ["reset", "html", 500, 502, 504, 503])
  test(`a request that was never carried out (${fault}) leaves the row unknown, with what to look for`, async () => {
    const { api, sandbox, customers, asked } = service();
    const file = fileOf(people(40));
    const plan = await importCustomers.plan(file, api);
    sandbox.fail("create", fault);
    const { rest, ...result } = await plan.run({ journal: memoryJournal() });
    assert.deepEqual(statesOf(result), { created: 39, skipped: 0, refused: 0, unknown: 1 });
    assert.equal(asked().create.length, 40);
    const text = (await bytesOf(rest())).toString();
    const [, row, ...others] = text.trimEnd().split("\r\n");
    assert.match(row, /^guest1@example\.com,.*look for a customer with this email/);
    assert.deepEqual(others, []);
    // Importing the rest creates the missing customers, and no others.
    const next = await imported(text, api);
    assert.deepEqual(statesOf(next.result), { created: 1, skipped: 0, refused: 0, unknown: 0 });
    assert.equal(customers().length, 40);
  });

test("a row whose answer was lost is found among the newest, by its address, or by name and phone", async () => {
  for (const [others, sent, lists] of [
    // All fields are compared; there are two with this name.
    [0, { first_name: "Ada", last_name: "Lovelace", notes: "x" }, 1],
    // Thirty customers are newer.
    [30, person(1), 2],
    [30, { first_name: "Ada", last_name: "Lovelace", phone: "0123 456" }, 2],
    [30, { phone: "0123 456" }, 2],
    [30, { email: "guest1@example.com" }, 2],
  ]) {
    const { api, sandbox, asked } = service({ seed: 5 });
    const fields = ["email", "first_name", "last_name", "phone", "notes"];
    const file = fileOf([sent], fields);
    const { journal } = await imported(file, api);
    // The process died before the answer came, and others were created since.
    sandbox.advance("1s");
    for (const customer of people(others, 100)) await api.create(customer);
    if (others === 0) await api.create({ first_name: "Ada", last_name: "Lovelace" });
    const left = memoryJournal(upToSending(journal.lines, 1));
    const before = asked().list.length;
    const creates = asked().create.length;
    const plan = await importCustomers.plan(file, api, { journal: left });
    assert.equal(plan.counts.undecided, 1);
    const planned = asked().list.length;
    const result = await plan.run({ journal: left });
    assert.equal(result.created, 1, JSON.stringify(sent));
    assert.equal(asked().list.length - planned, lists, JSON.stringify(sent));
    assert.ok(planned > before);
    assert.equal(asked().create.length, creates);
    const id = JSON.parse(left.lines.at(-1).replace(/ \w+$/, "")).id;
    assert.equal(
      sandbox.snapshot().customers.find((it) => it.id === id).notes ?? "",
      sent.notes ?? "",
    );
  }
});

test("a customer that the service creates only after the first search is found at the end", async () => {
  const { sandbox, customers } = service();
  const late = [];
  const fetch = async (url, init) => {
    // The connection breaks before the service creates the first row; it does so after others have been created.
    if (init.method === "POST" && late.length === 0) {
      late.push([url, init]);
      throw new TypeError("the connection was reset");
    }
    if (late[0] && customers().length === 10)
      await sandbox.fetch(...late.splice(0, 1, undefined)[0]);
    return sandbox.fetch(url, init);
  };
  const api = new CustomersApi({
    baseUrl: sandbox.baseUrl,
    token: "sandbox",
    fetch,
    maxRetries: 0,
  });
  const { result } = await imported(fileOf(people(40)), api);
  assert.deepEqual(statesOf(result), { created: 40, skipped: 0, refused: 0, unknown: 0 });
  assert.equal(customers().length, 40);
});

test("a customer that existed before, or belongs to another row, is not taken for the lost one", async () => {
  const twin = { first_name: "Ada", phone: "1", notes: "twin" };
  const fields = Object.keys(twin);
  // The twin existed before: the lost answer is that of a request that was never carried out.
  const before = service({
    customers: [{ ...twin, created_date: "2019-03-06 17:00:00" }],
    seed: 3,
  });
  let plan = await importCustomers.plan(fileOf([twin], fields), before.api);
  before.sandbox.fail("create", "reset");
  assert.equal((await plan.run({ journal: memoryJournal() })).unknown, 1);
  // Two rows are equal: the first one was created.
  const alike = service({ seed: 3 });
  plan = await importCustomers.plan(fileOf([twin, twin], fields), alike.api);
  alike.sandbox.fail("create", { delay: 0 });
  alike.sandbox.fail("create", "reset");
  const result = await plan.run({ journal: memoryJournal() });
  assert.deepEqual([result.created, result.unknown], [1, 1]);
  // Both answers were lost, and both customers exist.
  const both = service({ seed: 3 });
  plan = await importCustomers.plan(fileOf([twin, twin], fields), both.api);
  both.sandbox.fail("create", "lost-answer", { times: 2 });
  assert.equal((await plan.run({ journal: memoryJournal() })).created, 2);
});

test("an unanswered update is sent again, or found to be done", async () => {
  for (const fault of ["lost-answer", "reset"]) {
    const customers = people(3).map((customer) => ({ ...customer, phone: "0" }));
    const { api, sandbox, asked, customers: there } = service({ customers });
    const plan = await importCustomers.plan(fileOf(people(3)), api, { existing: "update" });
    sandbox.fail("update", fault);
    const result = await plan.run({ journal: memoryJournal() });
    assert.equal(result.updated, 3);
    assert.equal(asked().update.length, fault === "reset" ? 4 : 3);
    assert.deepEqual(
      there().map(({ phone }) => phone),
      people(3).map(({ phone }) => phone),
    );
  }
});

test("a service that keeps failing ends the run, and the next one continues", async () => {
  const { api, sandbox, customers } = service();
  const file = fileOf(people(40));
  const journal = memoryJournal();
  const plan = await importCustomers.plan(file, api);
  sandbox.fail("create", "lost-answer");
  sandbox.fail("list", 403);
  await assert.rejects(plan.run({ journal }), { status: 403 });
  assert.equal(customers().length, 1);
  assert.equal((await plan.run({ journal })).created, 40);
  assert.equal(customers().length, 40);
});

test("after 429 and 503 it waits and continues", async (t) => {
  clock(t);
  const { api, sandbox, asked } = service();
  const file = fileOf(people(10));
  const plan = await importCustomers.plan(file, api);
  sandbox.fail("create", "throttle", { times: 2 });
  sandbox.fail("create", "throttle=laravel");
  sandbox.fail("create", { status: 503, headers: { "retry-after": "30" } }, { times: 2 });
  let result;
  await passing(
    t,
    plan.run({ journal: memoryJournal() }).then((its) => {
      result = its;
    }),
  );
  assert.equal(result.created, 10);
  assert.equal(asked().create.length, 15);
});

test("a quota of 200 per hour: 500 rows, with a tenth of it left to others", async (t) => {
  clock(t);
  const { api, sandbox, customers } = service({ quota: 200, seed: 100 });
  const file = fileOf(people(500));
  const plan = await importCustomers.plan(file, api);
  // One for the plan, and four pages with all 100 customers.
  assert.equal(sandbox.requests.length, 5);
  assert.equal(plan.requests, 500);
  assert.deepEqual(plan.counts, { create: 500, update: 0, skip: 0, refuse: 0, undecided: 0 });
  // 175 now, 180 after one hour, and 145 after two.
  assert.equal(plan.end.getTime(), START + 2 * HOUR);
  assert.equal(plan.hours, 2);
  const waits = new Set();
  const ends = new Set();
  const onProgress = ({ waitingUntil, end }) => {
    if (waitingUntil) waits.add(waitingUntil.getTime());
    ends.add(end.getTime());
  };
  let result;
  const took = await passing(
    t,
    plan.run({ journal: memoryJournal(), onProgress }).then((its) => {
      result = its;
    }),
  );
  assert.equal(result.created, 500);
  assert.equal(customers().length, 600);
  assert.equal(sandbox.requests.filter(({ status }) => status === 429).length, 0);
  assert.deepEqual(
    [...waits].map((at) => Math.round((at - START) / HOUR)),
    [1, 2],
  );
  assert.ok(took > 2 * HOUR && took < 2.1 * HOUR, `${took}`);
  // The end is computed anew, without smoothing: it is the beginning of the last hour all the time.
  assert.ok(ends.has(START + 2 * HOUR));
  const byHour = [0, 1, 2].map((hour) => {
    const from = hour === 0 ? 0 : 180 * hour;
    return sandbox.requests.slice(from, 180 * (hour + 1)).length;
  });
  assert.deepEqual(byHour, [180, 180, 145]);
});

test("a look-up that needs more than this hour's quota is left to the run", async (t) => {
  clock(t);
  const { api, sandbox, asked } = service({ quota: 200, seed: 9000 });
  const rows = 6000;
  const plan = await importCustomers.plan(fileOf(people(rows)), api);
  // 6000 addresses are 200 requests, and 179 are left.
  assert.equal(sandbox.requests.length, 1);
  assert.equal(plan.counts.undecided, rows);
  assert.equal(plan.requests, 200 + rows);
  assert.equal(plan.hours, Math.ceil((6200 - 179) / 180));
  const controller = new AbortController();
  const onProgress = ({ created }) => created === 100 && controller.abort(new Error("enough"));
  const run = plan.run({ journal: memoryJournal(), onProgress, signal: controller.signal });
  await assert.rejects(passing(t, run), { message: "enough" });
  // Thirty addresses per request, just before their rows are created.
  assert.equal(asked().list.length, 1 + 4);
});

test("random faults, and a new run after each that ends one", async (t) => {
  clock(t);
  for (const seed of [1, 2, 3]) {
    const { api, sandbox, customers } = service({
      seed: 50,
      faults: { share: 0.3, seed, only: ["lost-answer", "truncate", "reset", "json", 500] },
    });
    const file = fileOf([...people(100), ...people(20)]);
    const journal = memoryJournal();
    let result;
    const tryIt = async () => {
      const plan = await importCustomers.plan(file, api, { journal });
      result = await plan.run({ journal });
    };
    for (let run = 0; !result && run < 1000; run++)
      await passing(t, tryIt()).catch((error) => assert.ok(error.attempts, error.stack));
    assert.equal(sum(result), 120);
    const there = byEmail(customers());
    const counts = people(100).map(({ email }) => there[email]?.length ?? 0);
    assert.ok(Math.max(...counts) === 1, "somebody was created twice");
    // An unknown row does not exist, or a later row with the address was created: the search found all others.
    assert.ok(counts.filter((count) => count === 0).length <= result.unknown);
    assert.equal(sandbox.snapshot().customers.length, 50 + result.created);
  }
});
