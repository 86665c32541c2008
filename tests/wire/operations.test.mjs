// The five operations, first over real HTTP, and the effects of their options.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createSandbox } from "../support/in-process.mjs";
import { CustomerFilter, CustomersApi, clientOf, json, rejection } from "../support/package.mjs";
import { startSandbox, token } from "../support/sandbox.mjs";

test("the operations against a service", async (t) => {
  const { baseUrl } = await startSandbox(t, "--seed", "70");
  const api = new CustomersApi({ token, baseUrl });

  await t.test("a customer is created, read, changed and deleted", async () => {
    const venue = "5c7d9e0f1a2b3c4d5e6f7a8b";
    const created = await api.create({
      email: "ada+wire@example.com",
      first_name: "Ada",
      last_name: undefined,
      company_address: { street: "1 Analytical Way", post_code: "N1 9GU" },
      dob: "1995-01-13",
      associated_venues: [venue],
      marketing_preferences: { [venue]: true },
      labels: ["Wire"],
      notes: "A note",
    });
    assert.match(created.id, /^[0-9a-f]{24}$/);
    assert.equal(created.email, "ada+wire@example.com");
    assert.equal(created.company_address.post_code, "N1 9GU");
    assert.equal(created.dob, "1995-01-13");
    assert.match(created.created_date, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    const [preference] = created.marketing_preferences;
    assert.equal(preference.id, venue);
    assert.equal(preference.opted_in, true);

    assert.deepEqual(await api.get(created.id), created);

    const updated = await api.update(created.id, {
      notes: null,
      first_name: undefined,
      phone: "1",
    });
    assert.equal(updated.notes, null, "null clears");
    assert.equal(updated.first_name, "Ada", "undefined leaves as it is");
    assert.equal(updated.phone, "1");
    assert.deepEqual(updated.labels, ["Wire"], "what is not named stays as it is");

    assert.equal(await api.delete(created.id), undefined);
    const error = await rejection(api.get(created.id));
    assert.equal(error.name, "NotFoundError");
    assert.equal(error.code, "not_found");
    assert.equal(error.status, 404);
    assert.equal(error.attempts, 1);
    assert.equal(error.mayHaveSucceeded, false);
    assert.deepEqual(error.body, { message: "The requested resource was not found" });
    assert.equal(error.rateLimit.limit, 100_000);
  });

  await t.test("what was read can be changed and sent back", async () => {
    const { customers } = await api.list({ limit: 30 });
    const read = customers.find((customer) => customer.marketing_preferences?.length);
    const written = await api.update(read.id, { ...read, notes: "Read, changed, written" });
    // The service dates what it writes.
    const undated = ({ last_updated: _, marketing_preferences: preferences, ...rest }) => ({
      ...rest,
      preferences: preferences.map(({ id, opted_in }) => ({ id, opted_in })),
    });
    assert.deepEqual(undated(written), { ...undated(read), notes: "Read, changed, written" });
  });

  await t.test("a builder and a plain object ask the same", async () => {
    const filter = new CustomerFilter().dobMonth([1, 2, 3, 4]).sort(["-last_updated"]).limit(5);
    const built = await api.list(filter);
    assert.ok(built.customers.length > 0);
    const plain = await api.list({ dob_month: [1, 2, 3, 4], sort: ["-last_updated"], limit: 5 });
    assert.deepEqual(built.customers, plain.customers);
    for (const { dob } of built.customers)
      assert.ok(["01", "02", "03", "04"].includes(dob.slice(5, 7)));
    const dates = built.customers.map((customer) => customer.last_updated);
    assert.deepEqual(dates, dates.toSorted().reverse());
  });

  await t.test("a filter does not change when it is branched", async () => {
    const labelled = new CustomerFilter().labels(["VIP"]);
    const limited = labelled.limit(1);
    assert.equal(labelled.toQueryString(), "labels=VIP");
    assert.equal(limited.toQueryString(), "labels=VIP&limit=1");
    assert.deepEqual(CustomerFilter.parse("labels=VIP&limit=1").toObject(), limited.toObject());
  });

  await t.test("a page says where it stands, and leads to the next one until the end", async () => {
    const first = await api.list({ limit: 30 });
    assert.deepEqual(first.pagination, { page: 1, perPage: 30, totalPages: 3, totalResults: 70 });
    assert.equal(first.rateLimit.limit, 100_000);
    assert.ok(first.rateLimit.resetAt instanceof Date);
    assert.ok(first.rateLimit.resetAt > new Date());
    const second = await first.nextPage();
    assert.equal(second.pagination.page, 2);
    assert.equal(second.rateLimit.remaining, first.rateLimit.remaining - 1);
    assert.deepEqual(api.rateLimit, second.rateLimit);
    const third = await second.nextPage();
    assert.equal(third.customers.length, 10);
    assert.equal(await third.nextPage(), null);
    const ids = [first, second, third].flatMap(({ customers }) => customers.map(({ id }) => id));
    assert.equal(new Set(ids).size, 70);
  });

  await t.test("the response can be had beside the value", async () => {
    const { data, response } = await api.list({ limit: 1 }).withResponse();
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("x-pagination-per-page"), "1");
    assert.equal(data.customers.length, 1);
    const created = await api.create({ first_name: "Raw" }).withResponse();
    assert.equal(created.response.status, 201);
    const deleted = await api.delete(created.data.id).withResponse();
    assert.equal(deleted.response.status, 204);
    assert.equal(deleted.data, undefined);
    assert.equal((await rejection(api.get(created.data.id).withResponse())).name, "NotFoundError");
  });

  await t.test(
    "what the service refuses comes in the shape of the package's own issues",
    async () => {
      const error = await rejection(
        api.create(
          { company_address: { post_code: "x".repeat(11) }, labels: [1] },
          { validate: false },
        ),
      );
      assert.equal(error.name, "UnprocessableEntityError");
      assert.deepEqual(
        error.issues.map(({ path, code }) => ({ path, code })),
        [
          { path: ["company_address", "post_code"], code: "rejected" },
          { path: ["labels", 0], code: "rejected" },
        ],
      );
    },
  );

  await t.test("a wrong token and one that allows nothing have errors of their own", async () => {
    const wrong = await rejection(api.withOptions({ token: "another" }).list());
    assert.equal(wrong.name, "AuthenticationError");
    assert.deepEqual(wrong.body, { error: "Unauthenticated." });
    const forbidden = await rejection(api.withOptions({ token: "sandbox-forbidden" }).list());
    assert.equal(forbidden.name, "PermissionDeniedError");
  });
});

test("an exhausted quota is an error with the time of the next one", async () => {
  const { baseUrl, fetch } = createSandbox({ seed: 1, quota: 1 });
  const api = new CustomersApi({ token, baseUrl, fetch });
  const { rateLimit } = await api.list();
  assert.equal(rateLimit.remaining, 0);
  const error = await rejection(api.list());
  assert.equal(error.name, "RateLimitError");
  // An hour is more than `maxRetryAfter`, so there was no second attempt.
  assert.equal(error.attempts, 1);
  assert.deepEqual(error.resetAt, rateLimit.resetAt);
  assert.ok(error.retryAfterMs > 3_000_000 && error.retryAfterMs <= 3_600_000, "about an hour");
  assert.equal(error.rateLimit.remaining, 0);
});

test("only the documented headers are sent, and only the needed fields of fetch are set", async () => {
  const { api, requests } = clientOf(() => json({ customer: {}, customers: [] }));
  await api.create({ first_name: "Ada", notes: undefined });
  await api.list({ labels: ["A B", "ü"], page: 2 });
  const [created, listed] = requests;
  assert.deepEqual(Object.keys(created).sort(), [
    "body",
    "headers",
    "method",
    "redirect",
    "signal",
    "url",
  ]);
  assert.deepEqual(Object.fromEntries(created.headers), {
    accept: "application/json",
    authorization: "Bearer sandbox",
    "content-type": "application/json",
  });
  assert.equal(created.body, '{"first_name":"Ada"}');
  assert.equal(created.url, "https://proxy.example/api/customers");
  assert.equal(listed.url, "https://proxy.example/api/customers?labels=A%20B,%C3%BC&page=2");
  assert.deepEqual(Object.fromEntries(listed.headers), {
    accept: "application/json",
    authorization: "Bearer sandbox",
  });
  assert.equal(listed.body, undefined);
});

test("headers of a call are added to those of the client, and null removes one", async () => {
  const { api, requests } = clientOf(undefined, { headers: { "X-One": "1", "X-Two": "2" } });
  await api.list(
    {},
    { headers: { "x-one": "one", "X-Two": null, Authorization: null, "X-Three": undefined } },
  );
  assert.deepEqual(Object.fromEntries(requests[0].headers), {
    accept: "application/json",
    "x-one": "one",
  });
  await api.list();
  assert.equal(requests[1].headers.get("x-one"), "1", "a call's headers are the call's alone");
  assert.equal(requests[1].headers.get("x-two"), "2");
});

test("extraBody adds fields that are not checked, and wins", async () => {
  const { api, requests } = clientOf();
  await api.create({ first_name: "Ada" }, { extraBody: { loyalty_tier: 3, first_name: "Grace" } });
  assert.deepEqual(JSON.parse(requests[0].body), { first_name: "Grace", loyalty_tier: 3 });
  await api.update("1", {}, { extraBody: { deeper: { field: [null] } } });
  assert.deepEqual(JSON.parse(requests[1].body), { deeper: { field: [null] } });
});

test("validate: false leaves the checks to the service, except for the id", async () => {
  const { api, requests } = clientOf();
  await api.create({ phone: "x".repeat(21), surname: "?" }, { validate: false });
  assert.deepEqual(JSON.parse(requests[0].body), { phone: "x".repeat(21), surname: "?" });
  await api.list({ limit: 31 }, { validate: false });
  assert.equal(requests[1].url, "https://proxy.example/api/customers?limit=31");
  assert.equal((await rejection(api.delete("..", { validate: false }))).name, "ValidationError");
  assert.equal(requests.length, 2);
});

test("withOptions returns another client and does not change the first one", async () => {
  const { api, requests } = clientOf(undefined, { headers: { "X-One": "1" } });
  const other = api.withOptions({ token: "other", baseUrl: "http://localhost:1/v2/" });
  await other.list();
  await api.list();
  assert.equal(requests[0].url, "http://localhost:1/v2/customers");
  assert.equal(requests[0].headers.get("authorization"), "Bearer other");
  assert.equal(requests[0].headers.get("x-one"), "1", "what is not named keeps its value");
  assert.equal(requests[1].url, "https://proxy.example/api/customers");
  assert.equal(requests[1].headers.get("authorization"), "Bearer sandbox");
  await api.withOptions({ environment: "playpen" }).list();
  assert.equal(requests[2].url, "https://api-playpen.collinsbookings.com/api/customers");
  await other.withOptions({ environment: "production" }).list();
  assert.equal(requests[3].url, "https://api.collinsbookings.com/api/customers");
});

test("a token function is called for every attempt", async () => {
  let tokens = 0;
  let answers = 0;
  const { api, requests } = clientOf(
    () => {
      answers += 1;
      const again = answers < 3;
      return json(
        { customers: [] },
        again ? { status: 503, headers: { "retry-after-ms": "1" } } : {},
      );
    },
    { token: async () => `token-${++tokens}` },
  );
  await api.list();
  const sent = requests.map(({ headers }) => headers.get("authorization"));
  assert.deepEqual(sent, ["Bearer token-1", "Bearer token-2", "Bearer token-3"]);
});

test("a proxy needs no token", async () => {
  const { api, requests } = clientOf(undefined, { token: undefined });
  await api.list();
  assert.equal(requests[0].headers.has("authorization"), false);
});

test("nothing of an answer is dropped, renamed or converted", async () => {
  const customer = {
    id: "any text",
    created_date: null,
    last_updated: "2019-03-06 17:00:00",
    unknown: { deep: [1, null, { of: "it" }] },
    bookings: [{ num_people: 2, extra: true }],
  };
  const { api } = clientOf(() => json({ customer, customers: [customer], more: 1 }));
  assert.deepEqual(await api.get("any text"), customer);
  assert.deepEqual((await api.list()).customers, [customer]);
});

test("a method that was taken from its client says how to call it", () => {
  const { api } = clientOf();
  for (const name of ["list", "iterate", "create", "get", "update", "delete", "withOptions"]) {
    const { [name]: method } = api;
    assert.throws(
      () => method("1"),
      (error) => error.code === "configuration" && /\(\) => api\./.test(error.message),
      name,
    );
  }
});

test("fetch is called unbound, and the global one is looked up at each call", async (t) => {
  let receiver = "none";
  const { api } = clientOf();
  const bound = api.withOptions({
    fetch() {
      receiver = this;
      return Promise.resolve(json({ customers: [] }));
    },
  });
  await bound.list();
  assert.equal(receiver, undefined);

  const withGlobal = new CustomersApi({ token, baseUrl: "https://proxy.example/api" });
  t.mock.method(globalThis, "fetch", async () => json({ customers: [{ id: "mocked" }] }));
  assert.equal((await withGlobal.list()).customers[0].id, "mocked");
});
