// Walking over all pages.

import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { test } from "node:test";
import { CustomersApi, clientOf, json, rejection } from "../support/package.mjs";
import { startSandbox, token } from "../support/sandbox.mjs";
import { scenario } from "../support/scenario.mjs";

test("each of a thousand customers comes once while others are created and deleted", async (t) => {
  const { baseUrl } = await startSandbox(t, "--seed", "1000");
  const api = new CustomersApi({ token, baseUrl });
  const steady = new Set();
  for await (const customer of api.iterate()) steady.add(customer.id);
  assert.equal(steady.size, 1000);

  const seen = [];
  const made = [];
  for await (const customer of api.iterate({ sort: ["created_date"] })) {
    seen.push(customer.id);
    // Once a page: one more at the end, and one that was made before is gone again.
    if (seen.length % 30 === 0) {
      const { id } = await api.create({ first_name: `Passing ${seen.length}` });
      made.push(id);
      if (made.length % 2 === 0) await api.delete(made[made.length - 2]);
    }
  }
  assert.equal(new Set(seen).size, seen.length, "each id once");
  const missed = [...steady].filter((id) => !seen.includes(id));
  assert.deepEqual(missed, []);

  // In the order that lets everything slide while the walk goes on: it still ends, without a repetition.
  const sliding = [];
  for await (const customer of api.iterate({ sort: ["-created_date"], limit: 25 })) {
    sliding.push(customer.id);
    if (sliding.length % 25 === 0) await api.create({ first_name: "Newer" });
    if (sliding.length % 100 === 0) await api.delete(sliding.at(-1));
  }
  assert.equal(new Set(sliding).size, sliding.length, "each id once");
  assert.ok(sliding.length >= 900);
});

test("the next page is asked for with the filter as it was", async (t) => {
  const { baseUrl } = await startSandbox(t, "--seed", "40");
  const api = new CustomersApi({ token, baseUrl });
  const filter = { sort: ["id"], limit: 10 };
  const first = await api.list(filter);
  filter.limit = 5;
  filter.sort.push("email");
  const second = await first.nextPage();
  assert.equal(second.customers.length, 10);
  assert.equal(second.pagination.page, 2);
});

test("leaving the walk leaves no timer, listener or request behind", async (t) => {
  const sandbox = await startSandbox(t, "--seed", "100");
  const { baseUrl, seen } = scenario(sandbox);
  const api = new CustomersApi({ token, baseUrl });
  const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
  const before = timers();
  const { signal } = new AbortController();
  let count = 0;
  for await (const _ of api.iterate({}, { signal })) {
    count += 1;
    if (count === 31) break;
  }
  assert.equal(getEventListeners(signal, "abort").length, 0);
  assert.ok(timers() <= before, "no timer more than before");
  assert.deepEqual(await seen(), ["GET /customers", "GET /customers"]);
});

test("a walk asks for a page when it is needed, and for no more than maxItems", async (t) => {
  const sandbox = await startSandbox(t, "--seed", "100");
  for (const [maxItems, requests] of [
    [0, 0],
    [1, 1],
    [30, 1],
    [31, 2],
    [100, 4],
    [1000, 4],
  ]) {
    const { baseUrl, seen } = scenario(sandbox);
    const api = new CustomersApi({ token, baseUrl });
    let count = 0;
    for await (const _ of api.iterate({}, { maxItems })) count += 1;
    assert.equal(count, Math.min(maxItems, 100));
    assert.equal((await seen()).length, requests, `maxItems ${maxItems}`);
  }
});

test("after an error the same page can be asked for again", async (t) => {
  const sandbox = await startSandbox(t, "--seed", "100");
  const { baseUrl, seen } = scenario(sandbox, "ok, status=500, status=500, ok");
  const api = new CustomersApi({ token, baseUrl, maxRetries: 0 });
  const walk = api.iterate();
  const ids = new Set();
  let errors = 0;
  for (;;) {
    try {
      const { done, value } = await walk.next();
      if (done) break;
      ids.add(value.id);
    } catch (error) {
      assert.equal(error.name, "InternalServerError");
      assert.equal(ids.size, 30);
      errors += 1;
    }
  }
  assert.equal(errors, 2);
  assert.equal(ids.size, 100);
  assert.equal((await seen()).length, 6);

  const page = await new CustomersApi({ token, baseUrl: sandbox.baseUrl }).list();
  assert.equal((await page.nextPage()).pagination.page, 2);
  assert.equal(
    (await page.nextPage()).pagination.page,
    2,
    "a page can be asked twice for the next one",
  );
});

/** A service of `total` customers that sends no pagination headers; `numbered` says what page it means. */
const headless =
  (total, numbered = (page) => page) =>
  (url) => {
    const parameters = new URL(url).searchParams;
    const limit = Number(parameters.get("limit") ?? 30);
    const from = (numbered(Number(parameters.get("page") ?? 1)) - 1) * limit;
    const length = Math.max(0, Math.min(limit, total - from));
    return json({ customers: Array.from({ length }, (_, index) => ({ id: `${from + index}` })) });
  };

async function walk(answer, ...parameters) {
  const { api, requests } = clientOf(answer);
  const ids = [];
  for await (const { id } of api.iterate(...parameters)) ids.push(id);
  return [ids.length, new Set(ids).size, requests.length];
}

test("where the headers cannot be read, the first page that is not full is the last", async () => {
  assert.deepEqual(await walk(headless(0)), [0, 0, 1]);
  assert.deepEqual(await walk(headless(29)), [29, 29, 1]);
  assert.deepEqual(await walk(headless(30)), [30, 30, 2]);
  assert.deepEqual(await walk(headless(31)), [31, 31, 2]);
  assert.deepEqual(await walk(headless(20), { limit: 10 }), [20, 20, 3]);
  assert.deepEqual(await walk(headless(65), { page: 2 }), [35, 35, 2]);
  assert.deepEqual(await walk(headless(95), { page: "2" }), [65, 65, 3]);

  const { api } = clientOf(headless(30));
  const page = await api.list();
  assert.equal(page.pagination, null);
  assert.equal(await page.nextPage(), null, "the empty page after a full one is none");
});

test("a page that repeats is the last", async () => {
  assert.deepEqual(await walk(headless(60, () => 1)), [30, 30, 2]);
  const shuffled = (url) => {
    const { customers } = {
      customers: Array.from({ length: 30 }, (_, index) => ({ id: `${index}` })),
    };
    return json({ customers: url.includes("page=2") ? customers.reverse() : customers });
  };
  assert.deepEqual(await walk(shuffled), [30, 30, 2]);
});

test("headers that contradict themselves do not keep a walk going", async () => {
  const headers = (page, total) => ({
    "X-Pagination-Page": page,
    "X-Pagination-Per-Page": "30",
    "X-Pagination-Total-Pages": total,
    "X-Pagination-Total-Results": "90",
  });
  const saying = (page, total) => (url) => {
    const asked = Number(new URL(url).searchParams.get("page") ?? 1);
    return json({ customers: [{ id: `${asked}` }] }, { headers: headers(page(asked), total) });
  };
  assert.deepEqual(await walk(saying(String, "3")), [3, 3, 3]);
  assert.deepEqual(await walk(saying(() => "1", "3")), [3, 3, 3], "always the first page");
  for (const total of ["", "NaN", "-1", "1e3", "99999999999999999999"]) {
    const [, , requests] = await walk(saying(String, total), {}, { maxItems: 5 });
    assert.ok(requests <= 5, total);
  }
});

test("calls of next at the same time wait for each other", async () => {
  const { api, requests } = clientOf(headless(31));
  const customers = api.iterate();
  const results = await Promise.all(Array.from({ length: 33 }, () => customers.next()));
  assert.deepEqual(
    results.map(({ done, value }) => (done ? "done" : value.id)),
    [...Array.from({ length: 31 }, (_, index) => `${index}`), "done", "done"],
  );
  assert.equal(requests.length, 2);
});

test("an abort ends a walk where it is", async () => {
  const { api, requests } = clientOf(headless(90));
  const controller = new AbortController();
  const customers = api.iterate({}, { signal: controller.signal });
  await customers.next();
  controller.abort("enough");
  for (let rest = 29; rest > 0; rest--) assert.equal((await customers.next()).done, false);
  assert.equal(await rejection(customers.next()), "enough");
  assert.equal(requests.length, 1);
});
