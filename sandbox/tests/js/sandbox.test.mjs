// createSandbox: customers, clock, quota, faults, requests, snapshots.

import assert from "node:assert/strict";
import { test } from "node:test";
import { call, clientOf, createSandbox, rejection } from "./support.mjs";

const inMilliseconds = async (work) => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};

test("a client works with it as with the service", async () => {
  const sandbox = createSandbox({ seed: 61 });
  const api = clientOf(sandbox);
  const page = await api.list({ sort: ["-email"], page: 2 });
  assert.deepEqual(page.pagination, { page: 2, perPage: 30, totalPages: 3, totalResults: 61 });
  const created = await api.create({ first_name: "José", labels: ["a, b"] });
  assert.equal((await api.list({ query: "jose" })).customers.at(0).id, created.id);
  assert.equal((await api.update(created.id, { notes: "n" })).notes, "n");
  await api.delete(created.id);
  assert.equal((await rejection(api.get(created.id))).name, "NotFoundError");
  const ids = await Array.fromAsync?.(api.iterate(), ({ id }) => id);
  if (ids) assert.equal(new Set(ids).size, 61);
});

test("two sandboxes share nothing", async () => {
  const [one, other] = [createSandbox({ seed: 2 }), createSandbox({ seed: 2 })];
  one.fail("list", 503);
  one.advance("1h");
  await clientOf(one).create({});
  const answered = await call(other, "GET", "/customers");
  assert.equal(answered.headers.get("x-pagination-total-results"), "2");
  assert.equal(answered.headers.get("x-ratelimit-remaining"), "99999");
  assert.equal(other.requests.length, 1);
  assert.equal((await call(one, "GET", "/customers")).status, 503);
  // In turns: each keeps its own data.
  for (let turn = 1; turn < 5; turn += 1) {
    await clientOf(one).create({});
    await clientOf(other).create({});
  }
  assert.equal((await clientOf(one).list()).pagination.totalResults, 7);
  assert.equal((await clientOf(other).list()).pagination.totalResults, 6);
});

test("an hour of quota passes at once", async () => {
  const sandbox = createSandbox({ quota: 2, now: () => Date.UTC(2026, 0, 1, 10, 30, 0, 500) });
  const api = clientOf(sandbox, { maxRetries: 0 });
  await api.list();
  assert.equal((await api.list()).rateLimit.remaining, 0);
  const error = await rejection(api.list());
  assert.equal(error.name, "RateLimitError");
  assert.equal(error.resetAt.toISOString(), "2026-01-01T11:30:00.000Z");
  sandbox.advance(3_599_499);
  assert.equal((await rejection(api.list())).name, "RateLimitError");
  sandbox.advance("1ms");
  assert.equal((await api.list()).rateLimit.remaining, 1);
});

test("it uses the clock that it is given", async () => {
  const at = new Date(Date.UTC(2024, 1, 29, 12));
  for (const now of [at, at.getTime(), () => at]) {
    const sandbox = createSandbox({ now });
    const api = clientOf(sandbox);
    assert.equal((await api.create({})).created_date, "2024-02-29 12:00:00");
    sandbox.advance("1d");
    sandbox.advance("90m");
    sandbox.advance(1000);
    const { response } = await api.create({}).withResponse();
    assert.equal(response.headers.get("date"), "Fri, 01 Mar 2024 13:30:01 GMT");
  }
  for (const wrong of ["1", "1y", "-1h", "", -1, Number.NaN, Infinity, null, undefined])
    assert.throws(() => createSandbox().advance(wrong), TypeError);
});

test("an exception of the user's code reaches the user, and ends nothing", async () => {
  let isBroken = true;
  const now = () => {
    if (isBroken) throw new RangeError("no time");
    return 0;
  };
  const sandbox = createSandbox({ seed: 1, now });
  await assert.rejects(sandbox.fetch(`${sandbox.baseUrl}/customers`), /no time/);
  isBroken = false;
  assert.equal((await clientOf(sandbox).list()).customers.length, 1);

  // A sandbox that cannot begin says why each time.
  const other = createSandbox({ customers: [{ notes: 1n }] });
  for (let time = 0; time < 2; time++)
    await assert.rejects(other.fetch(`${other.baseUrl}/customers`), /BigInt/);
});

test("faults are applied when they are asked for", async () => {
  const sandbox = createSandbox({ seed: 1 });
  const api = clientOf(sandbox, { maxRetries: 0 });
  const once = (operation, fault) => {
    sandbox.fail(operation, fault);
    return rejection(operation === "list" ? api.list() : api.create({}));
  };
  assert.equal((await once("list", 503)).name, "InternalServerError");
  assert.equal((await once("list", "html")).status, 502);
  assert.equal((await once("list", "reset")).name, "ConnectionError");
  assert.equal((await once("list", "truncate")).name, "ConnectionError");
  assert.equal((await once("list", "empty")).name, "UnexpectedResponseError");
  assert.equal((await once("list", "json")).name, "UnexpectedResponseError");
  const throttled = await once("list", "throttle");
  const laravel = await once("list", "throttle=laravel");
  for (const error of [throttled, laravel]) {
    assert.equal(error.name, "RateLimitError");
    assert.ok(error.retryAfterMs > 0 && error.retryAfterMs < 4000, String(error.retryAfterMs));
  }
  const lost = await once("create", "lost-answer");
  assert.deepEqual([lost.name, lost.mayHaveSucceeded], ["ConnectionError", true]);
  assert.equal((await api.list()).pagination.totalResults, 2);
  const time = await inMilliseconds(() => {
    sandbox.fail("list", { delay: 60, headers: { "x-more": "a, b;c" } });
    return api.list();
  });
  assert.ok(time >= 55, String(time));

  sandbox.fail("list", {
    status: 429,
    headers: { "retry-after": "Wed, 21 Oct 2015 07:28:00 GMT" },
  });
  const dated = await call(sandbox, "GET", "/customers");
  assert.equal(dated.headers.get("retry-after"), "Wed, 21 Oct 2015 07:28:00 GMT");

  sandbox.fail("get", 500, { times: 2 });
  sandbox.fail("get", 404);
  const statuses = [];
  for (let time = 0; time < 3; time += 1)
    statuses.push((await call(sandbox, "GET", "/customers/1")).status);
  assert.deepEqual(statuses, [500, 500, 404]);

  for (const wrong of ["nonsense", 99, 600, {}, null, { status: "soon" }])
    assert.throws(() => sandbox.fail("list", wrong), TypeError);
  assert.throws(() => sandbox.fail("remove", 503), TypeError);
  for (const times of [-1, 1.5, "2", Number.NaN, 10_001, Infinity, new Date()])
    assert.throws(() => sandbox.fail("list", 503, { times }), /"times" of fail\(\)/);
  sandbox.fail("delete", 503, { times: 0 });
  sandbox.fail("update", 503, { times: 10_000 });
});

test("a client copes with random faults, the same ones each time", async () => {
  const run = async (seed) => {
    const only = ["lost-answer", "reset", "truncate", "html", 503];
    const sandbox = createSandbox({ seed: 40, faults: { share: 0.4, only, seed } });
    const quick = (callback) => setImmediate(callback);
    const statuses = [];
    for (let time = 0; time < 60; time += 1) {
      const status = await call(sandbox, "GET", "/customers").then(
        (response) =>
          response.text().then(
            () => response.status,
            () => "cut off",
          ),
        () => "no answer",
      );
      statuses.push(status);
      await new Promise(quick);
    }
    return statuses;
  };
  const [one, same, other] = [await run(7), await run(7), await run(8)];
  assert.deepEqual(one, same);
  assert.notDeepEqual(one, other);
  assert.deepEqual(new Set(one), new Set([200, 502, 503, "cut off", "no answer"]));
  // Every fault that can be drawn is a possible answer.
  const sandbox = createSandbox({ faults: { share: 1 } });
  for (let time = 0; time < 40; time += 1) {
    const signal = AbortSignal.timeout(700);
    await call(sandbox, "GET", "/customers", undefined, { signal }).then(
      (response) => response.text().catch(() => {}),
      () => {},
    );
  }
  assert.ok(new Set(sandbox.requests.map(({ fault }) => fault)).size > 4);
});

test("requests lists the received requests", async () => {
  const sandbox = createSandbox({ customers: [{ id: "a b", first_name: "Ada" }] });
  const api = clientOf(sandbox, { maxRetries: 0 });
  await api.list({ labels: ["VIP"], limit: 2 });
  await api.update("a b", { notes: "n" });
  await rejection(api.get("none"));
  sandbox.fail("delete", "lost-answer");
  await rejection(api.delete("a b"));
  await sandbox.fetch(`${sandbox.baseUrl}/venues`, { method: "POST", body: "text" });
  const none = { id: null, query: "", body: undefined, fault: null };
  assert.deepEqual(sandbox.requests, [
    { ...none, operation: "list", query: "labels=VIP&limit=2", status: 200 },
    { ...none, operation: "update", id: "a b", body: { notes: "n" }, status: 200 },
    { ...none, operation: "get", id: "none", status: 404 },
    { ...none, operation: "delete", id: "a b", status: null, fault: "lost" },
    { ...none, operation: null, body: "text", status: 401 },
  ]);
});

test("customers are stored unchanged, however odd they are", async () => {
  const customers = [
    { first_name: "No id" },
    {
      loyalty: { tier: [1, null, "a\u0000\u2028🎉"] },
      id: "odd",
      dob: "0000-00-00",
      company_address: [],
      labels: { 0: "VIP" },
      marketing_preferences: [{ id: "p", opted_in: "1" }],
      bookings: null,
      phone: 44,
      created_date: "",
    },
  ];
  const sandbox = createSandbox({ customers });
  const api = clientOf(sandbox);
  assert.deepEqual(await api.get("odd"), customers[1]);
  const { notes, ...others } = await api.update("odd", { notes: "n" });
  assert.equal(notes, "n");
  assert.deepEqual(others, { ...customers[1], last_updated: others.last_updated });
  const named = (await api.list({ query: "no id" })).customers;
  assert.match(named[0].id, /^[\da-f]{24}$/);
  assert.equal((await api.list()).pagination.totalResults, 2);
});

test("a customer that is a list has its id only", async () => {
  const snapshot = { ...createSandbox().snapshot(), customers: [[1], { first_name: "Ada" }] };
  const { customers } = createSandbox({ snapshot }).snapshot();
  assert.deepEqual(customers.map(Object.keys), [["id"], ["id", "first_name"]]);
});

test("two thousand choices of a customer are kept, in their order", async () => {
  const sandbox = createSandbox();
  const ids = Array.from({ length: 2000 }, (_, number) => `choice-${number}`);
  const body = { marketing_preference_ids: ids };
  const created = await (await call(sandbox, "POST", "/customers", body)).json();
  const kept = created.customer.marketing_preferences;
  assert.deepEqual(
    kept.map(({ id, opted_in }) => [id, opted_in]),
    ids.map((id) => [id, true]),
  );
});

test("another sandbox continues from a snapshot", async () => {
  const sandbox = createSandbox({ seed: 3, quota: 10, now: () => 1_700_000_000_000 });
  const api = clientOf(sandbox);
  await api.create({ first_name: "Ada", marketing_preferences: { news: true } });
  sandbox.advance("10m");
  const snapshot = sandbox.snapshot();
  const copies = [snapshot, structuredClone(snapshot), JSON.parse(JSON.stringify(snapshot))];
  assert.deepEqual(copies[2], snapshot);
  const after = async (copy) => {
    const other = createSandbox({ snapshot: copy, quota: 10, now: () => 1_700_000_000_000 });
    const answer = await call(other, "POST", "/customers", { first_name: "Grace" });
    const listed = await call(other, "GET", "/customers?sort=-created_date");
    return [await answer.text(), [...answer.headers], await listed.text(), [...listed.headers]];
  };
  const [one, ...others] = [await after(copies[0]), await after(copies[1]), await after(copies[2])];
  for (const other of others) assert.deepEqual(other, one);
  const headers = new Headers(one[1]);
  assert.equal(headers.get("x-ratelimit-remaining"), "8");
  assert.equal(headers.get("date"), "Tue, 14 Nov 2023 22:23:20 GMT");
  assert.equal(JSON.parse(one[2]).customers.length, 5);
  // The first one is unchanged.
  assert.equal((await api.list()).pagination.totalResults, 4);
});

test("unknown options are refused with the list of known ones", () => {
  for (const [options, pattern] of [
    [{ seeds: 1 }, /"seeds".*there are baseUrl, customers/],
    [{ seed: -1 }, /"seed".*whole number/],
    [{ seed: 1.5 }, /"seed"/],
    [{ seed: "1" }, /"seed"/],
    [{ token: "" }, /"token"/],
    [{ quota: -1 }, /"quota"/],
    [{ baseUrl: "/api" }, /"baseUrl".*absolute/],
    [{ baseUrl: "ftp://a" }, /"baseUrl"/],
    [{ now: "today" }, /"now"/],
    [{ faults: 0.1 }, /"faults"/],
    [{ faults: {} }, /share/],
    [{ faults: { share: 2 } }, /"faults.share"/],
    [{ faults: { share: 1, kind: "reset" } }, /"faults.kind"/],
    [{ exposeHeaders: 1 }, /"exposeHeaders"/],
    [{ customers: {} }, /"customers"/],
    [{ customers: [1] }, /customers\[0\]/],
    [{ customers: [{ id: "a" }, { id: "a" }] }, /customers\[1\]\.id/],
    [{ customers: [{ id: 7 }] }, /customers\[0\]\.id/],
    [{ snapshot: {} }, /"snapshot"/],
    [{ snapshot: createSandbox().snapshot(), seed: 1 }, /leave one of them out/],
    [7, /must be a plain object/],
  ])
    assert.throws(() => createSandbox(options), pattern);
  createSandbox({ seed: undefined, token: undefined });
});

test("requests without a token, or with one without rights, are refused", async () => {
  const sandbox = createSandbox({ token: "other" });
  const status = async (token) =>
    (await call(sandbox, "GET", "/customers", undefined, { headers: { authorization: token } }))
      .status;
  assert.equal(await status("Bearer sandbox"), 401);
  assert.equal(await status("bearer other"), 200);
  assert.equal(await status("Bearer sandbox-forbidden"), 403);
});

test("a sandbox of ten thousand customers answers in order", async () => {
  const sandbox = createSandbox({ seed: 10_000 });
  const api = clientOf(sandbox);
  const last = await api.list({ sort: ["id"], page: 334 });
  assert.equal(last.customers.length, 10);
  const first = await api.list({ sort: ["-id"] });
  const ids = last.customers.map(({ id }) => id).reverse();
  assert.deepEqual(
    first.customers.slice(0, 10).map(({ id }) => id),
    ids,
  );
});

test("a stack that overflows in it hangs nothing, and leaves the others alone", async () => {
  const [sandbox, other] = [createSandbox({ seed: 20 }), createSandbox({ seed: 20 })];
  let overflows = 0;
  const deeper = () => {
    try {
      sandbox.snapshot();
      deeper();
    } catch (error) {
      overflows += error instanceof RangeError;
      throw error;
    }
  };
  assert.throws(deeper);
  assert.ok(overflows > 0);
  // If the module itself was interrupted, its state is unknown: that is reported, not ignored.
  const settled = await call(sandbox, "GET", "/customers").catch((error) => error);
  assert.ok(settled.status === 200 || /exception/.test(settled.message), String(settled));
  assert.equal((await call(other, "GET", "/customers")).status, 200);
  assert.equal((await call(createSandbox({ seed: 1 }), "GET", "/customers")).status, 200);
});
