// From reading to writing: the requests for an edited customer, with any stored values.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createSandbox } from "../support/in-process.mjs";
import {
  CustomersApi,
  changes,
  clientOf,
  id,
  rejection,
  validateCustomerUpdate,
} from "../support/package.mjs";
import { token } from "../support/sandbox.mjs";

/** Undocumented values that a service may have stored, and their issues. */
const unusual = {
  loyalty_tier: "gold",
  tags: { inner: [1, null] },
  company_address: { street: "1 Dorset Street", city: "London", post_code: "W1", country: "GB" },
  dob: "0000-00-00",
  phone: "1".repeat(21),
  email: "ada@localhost",
  first_name: "",
  marketing_preferences: [
    { id: "a", opted_in: "1", opt_in_date: "", opt_out_date: null },
    { id: "b", opted_in: false, opt_in_date: null, opt_out_date: "2019-03-06 17:00:00" },
  ],
  labels: { 0: "VIP", 2: "Regular" },
  associated_venues: ["", "venue"],
  bookings: [{ id: "1", status: "confirmed" }],
  created_date: "",
  last_updated: "2019-03-06",
  notes: "a".repeat(1001),
};

/** The bodies of this edit's requests. */
async function sent(customer, edited, options) {
  const { api, requests } = clientOf();
  await api.update(customer, edited, options);
  return requests.map(({ url, body }) => {
    assert.equal(url, `https://proxy.example/api/customers/${customer.id}`);
    return JSON.parse(body);
  });
}

const refusals = async (customer, edited) => {
  const { api, requests } = clientOf();
  const { name, issues } = await rejection(api.update(customer, edited));
  assert.equal(name, "ValidationError");
  assert.equal(requests.length, 0);
  return issues.map(({ path, code }) => `${path.join(".")} ${code}`);
};

test("the items of an edited list are read a few times each, however long the list is", async () => {
  const count = 200;
  let reads = 0;
  const labels = Array.from({ length: count }, (_, index) => `label ${index}`);
  const edited = labels.toReversed().map((label) => ({ toJSON: () => ++reads && label }));
  await sent({ id, labels }, { labels: edited });
  assert.ok(reads <= 10 * count, `${reads}`);
});

test("a customer that was read can be given back, with any values", async () => {
  const whole = { id, ...unusual };
  for (const [name, value] of [...Object.entries(unusual), [null, null]]) {
    const customer = name === null ? whole : { id, [name]: value };
    assert.deepEqual(await sent(customer, customer), [], name);
    assert.deepEqual(await sent(customer, { ...customer }), [], name);
    assert.deepEqual(await sent(customer, structuredClone(customer)), [], name);
    const edited = { ...structuredClone(customer), last_name: "Lovelace" };
    assert.deepEqual(await sent(customer, edited), [{ last_name: "Lovelace" }], name);
    assert.deepEqual(
      await sent(customer, { last_name: "Lovelace" }),
      [{ last_name: "Lovelace" }],
      name,
    );
    assert.deepEqual(changes(customer, edited), { last_name: "Lovelace" }, name);
  }
  for (const nothing of [[], {}, null, "", { street: "", city: null }]) {
    const customer = { id, company_address: nothing };
    for (const untouched of [
      nothing,
      {},
      [],
      null,
      undefined,
      { street: "", city: "", post_code: "" },
    ])
      assert.deepEqual(await sent(customer, { company_address: untouched }), []);
    const company_address = { street: "", city: "Leeds" };
    assert.deepEqual(await sent(customer, { company_address }), [{ company_address }]);
  }
});

test("only what differs is checked", async () => {
  const customer = { id, ...unusual };
  const address = unusual.company_address;
  for (const [edited, body] of [
    [{ company_address: { ...address, city: "Leeds" } }],
    [{ company_address: { ...address, country: "FR" } }],
    [{ associated_venues: ["", "venue", "new"] }],
    [{ labels: ["VIP", "Regular", "New"] }],
    [{ loyalty_tier: "silver" }],
    [{ tags: { inner: [2] } }],
    [{ dob: "1995-01-13", email: "ada@example.com", phone: "1", first_name: "Ada" }],
    [
      { dob: "", email: "" },
      { email: null, dob: null },
    ],
    [
      { created_date: "2019-03-06 17:00:00", last_updated: "" },
      { created_date: "2019-03-06 17:00:00", last_updated: null },
    ],
    [{ notes: "" }],
    [{ notes: null, dob: null }],
  ])
    assert.deepEqual(await sent(customer, { ...customer, ...edited }), [body ?? edited]);

  for (const [edited, ...issues] of [
    [{ dob: "0000-00-01" }, "dob invalid_date"],
    [{ dob: new Date(0) }, "dob invalid_type"],
    [{ phone: "2".repeat(21) }, "phone too_long"],
    [{ notes: "b".repeat(1001) }, "notes too_long"],
    [{ email: "ada@localhost2" }, "email invalid_email"],
    [
      { company_address: { ...address, post_code: "1".repeat(11) } },
      "company_address.post_code too_long",
    ],
    [{ company_address: { ...address, county: "Kent" } }, "company_address.county unknown_field"],
    [{ company_address: "Leeds" }, "company_address invalid_type"],
    [{ associated_venues: ["", "", 5] }, "associated_venues.2 invalid_type"],
    [{ labels: { 0: "VIP", 2: "Regular", 3: "New" } }, "labels invalid_type"],
    [{ frist_name: "Ada" }, "frist_name unknown_field"],
    [{ loyalty_tier: Number.NaN }, "loyalty_tier unknown_field"],
    [{ tags: { inner: [() => {}] } }, "tags unknown_field"],
    [
      { company_address: { ...address, country: new Date(0) } },
      "company_address.country unknown_field",
    ],
    [{ loyalty_tier: "\ud83d" }, "loyalty_tier invalid_text"],
    [{ bookings: [] }, "bookings unknown_field"],
    [{ id: "other" }, "id unknown_field"],
    [{ dob: "no", phone: 5 }, "phone invalid_type", "dob invalid_date"],
  ])
    assert.deepEqual(await refusals(customer, { ...customer, ...edited }), issues);
  for (const wrong of [null, undefined, 5, "notes", [], () => {}])
    assert.equal((await refusals(customer, wrong)).length, 1);
  for (const place of [{ id: "" }, { id: ".." }, {}, { id: 5 }, []])
    assert.deepEqual(await refusals(place, { notes: "a" }), ["id invalid_id"]);
});

test("marketing preferences are sent in the form in which they were given", async () => {
  const [a, b] = unusual.marketing_preferences;
  const read = [{ ...a, opted_in: true }, b];
  const customer = { id, marketing_preferences: read };
  const optedOut = [{ ...read[0], opted_in: false }, b];
  for (const [edited, body] of [
    [read],
    [{ a: true, b: false }],
    [optedOut, optedOut],
    [
      [read[0], { id: "b", opted_in: true }],
      [read[0], { id: "b", opted_in: true }],
    ],
    [
      { a: false, b: false, c: true },
      { a: false, c: true },
    ],
    [null, null],
  ]) {
    const bodies = body === undefined ? [] : [{ marketing_preferences: body }];
    assert.deepEqual(await sent(customer, { marketing_preferences: edited }), bodies);
  }
  // Only edited fields are checked.
  const odd = { id, marketing_preferences: [a, b] };
  assert.deepEqual(await sent(odd, { marketing_preferences: [a, { ...b, opted_in: true }] }), [
    { marketing_preferences: [a, { ...b, opted_in: true }] },
  ]);
  for (const [preference, code] of [
    [{ ...b, opted_in: "0" }, "invalid_type"],
    [{ id: "b" }, "invalid_type"],
    [{ id: "", opted_in: true }, "empty"],
    ["b", "invalid_type"],
  ])
    assert.deepEqual(await refusals(odd, { marketing_preferences: [a, preference] }), [
      `marketing_preferences.1 ${code}`,
    ]);
  // An update by id also sends each form unchanged.
  for (const marketing_preferences of [read, optedOut, [], { a: true }]) {
    const { api, requests } = clientOf();
    await api.update(id, { marketing_preferences });
    assert.deepEqual(JSON.parse(requests[0].body), { marketing_preferences });
  }
});

test("opting out arrives if preferences are read and written as a list", async () => {
  const { baseUrl, fetch } = createSandbox();
  const api = new CustomersApi({ token, baseUrl, fetch });
  const customer = await api.create({ marketing_preferences: { a: true, b: true } });
  const states = ({ marketing_preferences: list }) =>
    list.map(({ id, opted_in }) => [id, opted_in]);
  const optedOut = customer.marketing_preferences.map((preference) =>
    preference.id === "a" ? { ...preference, opted_in: false } : preference,
  );
  const expected = [
    ["a", false],
    ["b", true],
  ];
  assert.deepEqual(
    states(await api.update(customer, { marketing_preferences: optedOut })),
    expected,
  );
  const whole = { ...customer, marketing_preferences: optedOut };
  assert.deepEqual(states(await api.update(customer.id, whole)), expected, "read, modify, write");
});

test("without a difference nothing is sent, and the result is the customer", async () => {
  const customer = { id, notes: "a", dob: "1995-01-13" };
  const { api, requests } = clientOf();
  assert.equal(await api.update(customer, { ...customer }), customer);
  const day = { year: 1995, month: 1, day: 13, toString: () => "1995-01-13" };
  assert.equal(await api.update(customer, { dob: day, labels: undefined }), customer);
  assert.deepEqual(await api.update(customer, {}).withResponse(), {
    data: customer,
    response: null,
  });
  assert.equal(requests.length, 0);
  // The options are checked all the same.
  assert.equal(
    (await rejection(api.update(customer, {}, { retries: 1 }))).name,
    "ConfigurationError",
  );
  const signal = AbortSignal.abort("enough");
  assert.equal(await rejection(api.update(customer, {}, { signal })), "enough");
  const { data, response } = await api.update(customer, { notes: "b" }).withResponse();
  assert.deepEqual([data.id, response.status], [id, 200]);
});

test("the options of an update apply to an edit", async () => {
  const customer = { id, notes: "a" };
  const extraBody = { loyalty_tier: "gold" };
  assert.deepEqual(await sent(customer, customer, { extraBody }), [extraBody]);
  assert.deepEqual(await sent(customer, { notes: "b" }, { extraBody }), [
    { notes: "b", ...extraBody },
  ]);
  const phone = "1".repeat(21);
  assert.deepEqual(await sent(customer, { phone }, { validate: false }), [{ phone }]);
});

test("a name that every object inherits is like any other name", async () => {
  const customer = JSON.parse(`{"id":"${id}","__proto__":"a","constructor":"b","toString":"c"}`);
  assert.deepEqual(await sent(customer, customer), []);
  const edited = JSON.parse(`{"__proto__":"x","constructor":"y","toString":"z"}`);
  const { api, requests } = clientOf();
  await api.update(customer, edited);
  assert.equal(requests[0].body, '{"__proto__":"x","constructor":"y","toString":"z"}');
  assert.deepEqual(await refusals({ id }, JSON.parse('{"__proto__":"x"}')), [
    "__proto__ unknown_field",
  ]);
  assert.deepEqual(await refusals({ id }, { constructor: "x" }), ["constructor unknown_field"]);
});

test("values without a JSON form are issues of an edit, and never hang it", async () => {
  const cycle = {};
  cycle.self = cycle;
  let deep = [];
  for (let depth = 0; depth < 20_000; depth++) deep = [deep];
  for (const value of [
    cycle,
    deep,
    () => {},
    Symbol("a"),
    1n,
    Number.NaN,
    new Map(),
    new Date(0),
    [() => {}],
    { a: new Set() },
  ])
    for (const name of ["notes", "labels", "company_address", "marketing_preferences", "unknown"]) {
      const { api, requests } = clientOf();
      assert.equal(
        (await rejection(api.update({ id }, { [name]: value }))).name,
        "ValidationError",
      );
      assert.equal(requests.length, 0);
    }
});

test("an update by id still checks everything", async () => {
  const { api, requests } = clientOf();
  for (const [name, value] of Object.entries(unusual)) {
    if (["first_name", "bookings"].includes(name)) continue;
    assert.equal(
      (await rejection(api.update(id, { [name]: value }))).name,
      "ValidationError",
      name,
    );
    assert.notDeepEqual(validateCustomerUpdate({ [name]: value }), [], name);
  }
  assert.equal((await rejection(api.update(id, { email: "" }))).name, "ValidationError");
  assert.equal(requests.length, 0);
});

test("two edits of different fields of a customer keep each other's be", async () => {
  const { baseUrl, fetch } = createSandbox();
  const api = new CustomersApi({ token, baseUrl, fetch });
  const created = await api.create({ first_name: "Ada", notes: "a", labels: ["VIP"] });
  const [mine, theirs] = await Promise.all([api.get(created.id), api.get(created.id)]);
  await api.update(mine, { ...mine, notes: "b" });
  await api.update(theirs, { ...theirs, labels: [...theirs.labels, "Regular"] });
  const { notes, labels, first_name } = await api.get(created.id);
  assert.deepEqual([notes, labels, first_name], ["b", ["VIP", "Regular"], "Ada"]);
  // Giving back the unchanged customer changes nothing, not even its time of change.
  const now = await api.get(created.id);
  assert.equal(await api.update(now, now), now);
});

test("a form that leaves the address of its customer blank does not send it", () => {
  for (const email of [undefined, null, ""]) {
    assert.deepEqual(changes({ id, email }, { email: "" }), {});
    assert.deepEqual(changes({ id, email }, { email: null }), {});
  }
  assert.deepEqual(changes({ id, email: "ada@example.com" }, { email: "" }), { email: null });
});
