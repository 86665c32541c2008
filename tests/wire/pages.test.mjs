// Walking over all pages.

import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { test } from "node:test";
import { createSandbox } from "../support/in-process.mjs";
import { CustomerFilter, CustomersApi, clientOf, json, rejection } from "../support/package.mjs";
import { token } from "../support/sandbox.mjs";
import { scenario } from "../support/scenario.mjs";

test("each of a thousand customers comes once while others are created and deleted", async () => {
  const { baseUrl, fetch } = createSandbox({ seed: 1000 });
  const api = new CustomersApi({ token, baseUrl, fetch });
  const steady = new Set();
  for await (const customer of api.iterate()) steady.add(customer.id);
  assert.equal(steady.size, 1000);

  const seen = [];
  const made = [];
  for await (const customer of api.iterate({ sort: ["created_date"] })) {
    seen.push(customer.id);
    // Once per page: one more at the end, and one that was created before is deleted again.
    if (seen.length % 30 === 0) {
      const { id } = await api.create({ first_name: `Passing ${seen.length}` });
      made.push(id);
      if (made.length % 2 === 0) await api.delete(made[made.length - 2]);
    }
  }
  assert.equal(new Set(seen).size, seen.length, "each id once");
  const missed = [...steady].filter((id) => !seen.includes(id));
  assert.deepEqual(missed, []);

  // In the order in which everything moves during the walk: it still ends, without a repetition.
  const sliding = [];
  for await (const customer of api.iterate({ sort: ["-created_date"], limit: 25 })) {
    sliding.push(customer.id);
    if (sliding.length % 25 === 0) await api.create({ first_name: "Newer" });
    if (sliding.length % 100 === 0) await api.delete(sliding.at(-1));
  }
  assert.equal(new Set(sliding).size, sliding.length, "each id once");
  assert.ok(sliding.length >= 900);
});

test("the next page is asked for with the filter as it was", async () => {
  const { baseUrl, fetch } = createSandbox({ seed: 40 });
  const api = new CustomersApi({ token, baseUrl, fetch });
  const filter = { sort: ["id"], limit: 10 };
  const first = await api.list(filter);
  filter.limit = 5;
  filter.sort.push("email");
  const second = await first.nextPage();
  assert.equal(second.customers.length, 10);
  assert.equal(second.pagination.page, 2);
});

test("leaving the walk leaves no timer, listener or request behind", async () => {
  const { baseUrl, fetch, requests: seen } = createSandbox({ seed: 100 });
  const api = new CustomersApi({ token, baseUrl, fetch });
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
  assert.deepEqual(
    seen.map(({ query }) => query),
    ["limit=30", "limit=30&page=2"],
  );
});

test("a walk asks for a page when it is needed, and for no more than maxItems", async () => {
  const { baseUrl, fetch, requests: seen } = createSandbox({ seed: 100 });
  const api = new CustomersApi({ token, baseUrl, fetch });
  for (const [maxItems, requests] of [
    [0, 0],
    [1, 1],
    [30, 1],
    [31, 2],
    [100, 4],
    [1000, 4],
  ]) {
    let count = 0;
    for await (const _ of api.iterate({}, { maxItems })) count += 1;
    assert.equal(count, Math.min(maxItems, 100));
    assert.equal(seen.splice(0).length, requests, `maxItems ${maxItems}`);
  }
});

test("after an error the same page can be requested again", async () => {
  const sandbox = createSandbox({ seed: 100 });
  const { baseUrl, seen } = scenario(sandbox, "ok, status=500, status=500, ok");
  const api = new CustomersApi({ token, baseUrl, fetch: sandbox.fetch, maxRetries: 0 });
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

  const page = await new CustomersApi({
    token,
    baseUrl: sandbox.baseUrl,
    fetch: sandbox.fetch,
  }).list();
  assert.equal((await page.nextPage()).pagination.page, 2);
  assert.equal(
    (await page.nextPage()).pagination.page,
    2,
    "a page can be asked twice for the next one",
  );
});

/**
 * A service with `total` customers that sends no pagination headers; `numbered` maps the requested page to the one that
 * it returns.
 */
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

test("if the headers cannot be read, the first page that is not full is the last", async () => {
  // From the second page on it reads all of them twice: without headers it is not known whether customers were removed.
  assert.deepEqual(await walk(headless(0)), [0, 0, 1]);
  assert.deepEqual(await walk(headless(29)), [29, 29, 1]);
  assert.deepEqual(await walk(headless(30)), [30, 30, 2 * 2]);
  assert.deepEqual(await walk(headless(31)), [31, 31, 2 * 2]);
  assert.deepEqual(await walk(headless(20), { limit: 10 }), [20, 20, 2 * 3]);
  assert.deepEqual(await walk(headless(65), { page: 2 }), [35, 35, 2 * 2]);
  assert.deepEqual(await walk(headless(95), { page: "2" }), [65, 65, 2 * 3]);

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

test("contradictory headers do not make a walk endless", async () => {
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
  assert.equal(requests.length, 2 * 2);
});

test("an abort ends a walk at any point", async () => {
  const { api, requests } = clientOf(headless(90));
  const controller = new AbortController();
  const customers = api.iterate({}, { signal: controller.signal });
  await customers.next();
  controller.abort("enough");
  for (let rest = 29; rest > 0; rest--) assert.equal((await customers.next()).done, false);
  assert.equal(await rejection(customers.next()), "enough");
  assert.equal(requests.length, 1);
});

/** The answers of a service with these customers; with `isReadable` its headers can be read. */
const serviceOf =
  (customers, isReadable = true) =>
  (url, { method }) => {
    const id = new URL(url).pathname.split("/customers/")[1];
    if (method === "DELETE") {
      customers.splice(
        customers.findIndex((customer) => customer.id === id),
        1,
      );
      return new Response(null, { status: 204 });
    }
    const parameters = new URL(url).searchParams;
    const limit = Number(parameters.get("limit") ?? 30);
    const page = Number(parameters.get("page") ?? 1);
    const headers = isReadable
      ? {
          "X-Pagination-Page": `${page}`,
          "X-Pagination-Per-Page": `${limit}`,
          "X-Pagination-Total-Pages": `${Math.ceil(customers.length / limit)}`,
          "X-Pagination-Total-Results": `${customers.length}`,
        }
      : {};
    return json({ customers: customers.slice((page - 1) * limit, page * limit) }, { headers });
  };

const peopleOf = (count) => Array.from({ length: count }, (_, index) => ({ id: `${index}` }));
const reads = (requests) => requests.filter(({ method }) => method === "GET").length;

test("a loop that deletes each customer deletes all of them", async () => {
  for (const isReadable of [true, false]) {
    for (const count of [0, 1, 29, 30, 31, 60, 61, 99, 500]) {
      const people = peopleOf(count);
      const { api, requests } = clientOf(serviceOf(people, isReadable));
      let deleted = 0;
      for await (const { id } of api.iterate()) {
        await api.delete(id);
        deleted++;
      }
      assert.deepEqual([deleted, people.length], [count, 0], `${count}, ${isReadable}`);
      // Each round finds about half of the rest.
      assert.ok(reads(requests) <= count / 10 + 6, `${reads(requests)} requests for ${count}`);
    }
  }
});

test("a loop that removes customers from its own filter finds each once", async () => {
  const { baseUrl, fetch } = createSandbox();
  const api = new CustomersApi({ token, baseUrl, fetch });
  await Promise.all(Array.from({ length: 70 }, () => api.create({ labels: ["Old"] })));
  await Promise.all(Array.from({ length: 5 }, () => api.create({ labels: ["Other"] })));
  const changed = [];
  for await (const { id } of api.iterate({ labels: ["Old"], limit: 20 })) {
    await api.update(id, { labels: ["New"] });
    changed.push(id);
  }
  assert.deepEqual([changed.length, new Set(changed).size], [70, 70]);
  assert.equal((await api.list({ labels: ["Old"] })).customers.length, 0);
});

test("whom somebody else's deletes move to a page that was read is met all the same", async () => {
  for (const isReadable of [true, false]) {
    const people = peopleOf(95);
    const { api, requests } = clientOf(serviceOf(people, isReadable));
    const met = [];
    for await (const { id } of api.iterate()) {
      met.push(id);
      // In the middle of the second page, three customers of the first one are removed.
      if (met.length === 45) people.splice(3, 3);
    }
    assert.equal(new Set(met).size, met.length, "each id once");
    assert.equal(met.length, 95);
    // The second round found three that the first one had missed, so there was a third one.
    assert.equal(reads(requests), 3 * 4);
  }
});

test("if no customer is removed, readable headers make a second round unnecessary", async () => {
  const { api, requests } = clientOf(serviceOf(peopleOf(95)));
  assert.equal((await api.iterate().toArray({ maxItems: 1000 })).length, 95);
  assert.equal(requests.length, 4);
});

test("a service that ignores the page does not make a walk endless", async () => {
  const promises = (total, page) => ({
    "X-Pagination-Page": page,
    "X-Pagination-Per-Page": "30",
    "X-Pagination-Total-Pages": "99999999",
    "X-Pagination-Total-Results": total,
  });
  const everyPage = (customers) => (url) => {
    const page = new URL(url).searchParams.get("page") ?? "1";
    return json({ customers }, { headers: promises("2999999970", page) });
  };
  assert.deepEqual(await walk(everyPage(peopleOf(30))), [30, 30, 2]);
  assert.deepEqual(await walk(everyPage(peopleOf(30).reverse())), [30, 30, 2]);
  assert.deepEqual(await walk(everyPage([])), [0, 0, 1]);
  // Without ids, a page with the number and the contents of the one before is that page.
  const nameless = Array.from({ length: 30 }, () => ({ first_name: "Ada" }));
  const first = () => json({ customers: nameless }, { headers: promises("2999999970", "1") });
  assert.deepEqual((await walk(first))[2], 2);
  assert.deepEqual((await walk(() => json({ customers: nameless })))[2], 2);
});

test("customers without an id are all yielded, and once", async () => {
  const nameless = Array.from({ length: 70 }, () => ({ first_name: "Ada" }));
  const { api, requests } = clientOf(serviceOf(nameless));
  assert.equal((await api.iterate().toArray({ maxItems: 1000 })).length, 70);
  assert.equal(requests.length, 3);
  const mixed = peopleOf(70).map((person, index) => (index % 3 ? person : { id: null, index }));
  for (const isReadable of [true, false]) {
    const { api } = clientOf(serviceOf([...mixed], isReadable));
    assert.deepEqual(await api.iterate().toArray({ maxItems: 1000 }), mixed);
  }
});

test("a list with something other than customers is refused", async () => {
  for (const customers of [[null], [{ id: "1" }, 5], ["a"], [[]]]) {
    const { api } = clientOf(() => json({ customers }));
    assert.equal((await rejection(api.list())).name, "UnexpectedResponseError");
    assert.equal((await rejection(api.iterate().next())).name, "UnexpectedResponseError");
  }
});

test("toArray needs a limit", async () => {
  const { api, requests } = clientOf(serviceOf(peopleOf(95)));
  for (const options of [
    undefined,
    null,
    {},
    { maxItems: "5" },
    { maxItems: -1 },
    { maxItems: NaN },
  ])
    assert.equal((await rejection(api.iterate().toArray(options))).name, "ConfigurationError");
  assert.equal(requests.length, 0);
  const ids = async (walk, maxItems) => (await walk.toArray({ maxItems })).map(({ id }) => id);
  assert.deepEqual(await ids(api.iterate(), 0), []);
  assert.equal(requests.length, 0);
  const walk = api.iterate();
  assert.deepEqual(await ids(walk, 2), ["0", "1"]);
  assert.deepEqual(await ids(walk, 2), ["2", "3"], "it goes on where it ended");
  assert.equal((await ids(walk, 1000)).length, 91);
  assert.deepEqual(await ids(walk, 1000), []);
  assert.deepEqual(await ids(api.iterate({}, { maxItems: 3 }), 1000), ["0", "1", "2"]);
});

test("a walk asks for 30 a page unless told otherwise, and reads its options as list does", async () => {
  const { api, requests } = clientOf();
  for (const filter of [undefined, {}, { limit: undefined }, new CustomerFilter().limit(undefined)])
    await api.iterate(filter).next();
  await api.iterate({ limit: 5 }).next();
  assert.deepEqual(
    requests.map(({ url }) => new URL(url).search),
    ["?limit=30", "?limit=30", "?limit=30", "?limit=30", "?limit=5"],
  );
  // An object of a class would be read as empty.
  for (const options of [null, 5, true, new AbortController().signal, Promise.resolve()])
    assert.equal((await rejection(api.iterate({}, options).next())).name, "ConfigurationError");
  assert.equal(requests.length, 5);
});

test("a walk keeps the filter from its beginning", async () => {
  const people = peopleOf(70);
  const { api, requests } = clientOf(serviceOf(people));
  const filter = { labels: ["VIP"], limit: 20 };
  const walk = api.iterate(filter);
  filter.labels.push("Regular");
  filter.limit = 5;
  for await (const { id } of walk) await api.delete(id);
  assert.equal(people.length, 0);
  for (const { url } of requests.filter(({ method }) => method === "GET"))
    assert.match(url, /\?labels=VIP&limit=20(&page=\d)?$/);
});

test("nextPage needs its page, and a copy of a page is its data", async () => {
  const { api } = clientOf(serviceOf(peopleOf(50)));
  const page = await api.list();
  const { nextPage } = page;
  assert.equal((await nextPage()).customers.length, 20);
  const data = { customers: page.customers, pagination: page.pagination, rateLimit: null };
  for (const copy of [{ ...page }, structuredClone(page), JSON.parse(JSON.stringify(page))])
    assert.deepEqual(copy, data);
  assert.equal(
    Object.getPrototypeOf(page),
    Object.prototype,
    "what only takes plain objects takes it",
  );
});
