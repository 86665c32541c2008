// Values as in real programs: from other realms, without a prototype, with getters, with their own conversions. Values
// without a JSON form are refused at their paths, and exactly the checked value is sent.

import assert from "node:assert/strict";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import {
  CustomerFilter,
  clientOf,
  rejection,
  validateCustomerUpdate,
  validateListFilter,
  validateNewCustomer,
} from "../support/package.mjs";

const brief = (issues) => issues.map(({ path, code }) => `${path.join(".")} ${code}`);

/** The text that is sent for a value. */
async function sent(value, options, update = false) {
  const { api, requests } = clientOf();
  await (update ? api.update("5c7d9e", value, options) : api.create(value, options));
  assert.equal(requests.length, 1);
  return requests[0].body;
}

/** The issues for which a value is not sent. */
async function refused(value, options) {
  const { api, requests } = clientOf();
  const { issues } = await rejection(api.create(value, options));
  assert.equal(requests.length, 0);
  return brief(issues);
}

class PlainDate {
  constructor(text) {
    const [year, month, day] = text.split("-").map(Number);
    Object.assign(this, { year, month, day });
    Object.defineProperty(this, "text", { value: text });
  }
  get [Symbol.toStringTag]() {
    return "Temporal.PlainDate";
  }
  toString() {
    return this.text;
  }
  toJSON() {
    return this.text;
  }
}

/** The same without `toJSON` and of no class. */
const dateLike = (text, prototype = Object.prototype) =>
  Object.assign(Object.create(prototype), { year: 2024, month: 1, day: 1, toString: () => text });

const without = (members) => Object.assign(Object.create(null), members);
const elsewhere = (code) => runInNewContext(`(${code})`);

const wrappings = [
  ["an object", (members) => members],
  ["an object without a prototype", without],
  ["an object of another realm", (members) => Object.assign(elsewhere("{}"), members)],
  ["an object of a class", (members) => Object.assign(new (class Customer {})(), members)],
  ["an object that has its own form", (members) => ({ toJSON: () => members, secret: 1 })],
  ["a proxy", (members) => new Proxy(members, {})],
  ["beside a plain date", (members) => ({ ...members, dob: new PlainDate("2024-02-29") })],
];

test("a list of texts that look like a date is a list, wherever it is", async () => {
  for (const [what, wrap] of wrappings)
    for (const labels of [
      ["2024-01-01"],
      elsewhere('["2024-01-01"]'),
      Object.assign(["2024-01-01"], { year: 2024, month: 1, day: 1 }),
    ])
      for (const options of [undefined, { validate: false }, { extraBody: { vip: true } }]) {
        const body = JSON.parse(await sent(wrap({ labels }), options));
        assert.deepEqual(body.labels, ["2024-01-01"], what);
        if (what === "beside a plain date") assert.equal(body.dob, "2024-02-29");
      }
});

test("a list is not a date, wherever it is", async () => {
  for (const [what, wrap] of wrappings.slice(0, -1))
    for (const dob of [["2024-01-01"], elsewhere('["2024-01-01"]'), [["2024-01-01"]]])
      for (const options of [undefined, { extraBody: { vip: true } }])
        assert.deepEqual(await refused(wrap({ dob }), options), ["dob invalid_type"], what);
});

test("a value that prints as a plain date is one, from any realm and with any prototype", async () => {
  const dates = [
    new PlainDate("2024-01-01"),
    dateLike("2024-01-01"),
    dateLike("2024-01-01", null),
    elsewhere('{ year: 2024, month: 1, day: 1, toString: () => "2024-01-01" }'),
  ];
  for (const [what, wrap] of wrappings.slice(0, -1))
    for (const dob of dates)
      for (const options of [undefined, { validate: false }, { extraBody: { vip: true } }])
        assert.equal(JSON.parse(await sent(wrap({ dob }), options)).dob, "2024-01-01", what);
  for (const dob of [
    { toString: () => "2024-01-01" },
    { year: "2024", month: 1, day: 1, toString: () => "2024-01-01" },
    { year: 2024, month: 1, day: 1 },
    { year: 2024, month: 1, day: 1, toString: "2024-01-01" },
    { year: 2024, month: 1, day: 1, toString: () => ["2024-01-01"] },
  ])
    assert.deepEqual(await refused({ dob }), ["dob invalid_type"]);
  assert.deepEqual(await refused({ dob: dateLike("2024-02-30") }), ["dob invalid_date"]);
});

test("no text of a value gets into a message, however it begins", () => {
  const secret = "\0\0a Secret";
  for (const value of [
    { toString: secret, notes: secret },
    { notes: [secret], phone: secret, dob: secret },
    { labels: [{ toString: secret }], notes: Symbol(secret) },
    without({ toString: secret, notes: { [secret]: secret } }),
    [secret],
    secret,
  ])
    for (const validate of [validateNewCustomer, validateCustomerUpdate, validateListFilter])
      for (const { message } of validate(value)) assert.doesNotMatch(message, /Secret|\0/);
  assert.deepEqual(validateNewCustomer({ notes: secret }), []);
});

test("an object whose `toString` is data is judged at its place", async () => {
  assert.deepEqual(await refused({ labels: [{ toString: "2024-01-01" }] }), [
    "labels.0 invalid_type",
  ]);
  assert.deepEqual(await refused({ labels: [{ toString: () => "2024-01-01" }] }), [
    "labels.0 invalid_type",
  ]);
  assert.deepEqual(await refused({ labels: [{ toString: null }, "a", 1] }), [
    "labels.0 invalid_type",
    "labels.2 invalid_type",
  ]);
  assert.deepEqual(await refused({ toString: () => "2024-01-01" }), ["toString unknown_field"]);
});

test("a value without a JSON form is reported at its path", () => {
  const messages = (value) => validateNewCustomer(value).map(({ message }) => message);
  const got = (notes) => messages({ notes })[0].replace("Expected a string, got ", "");
  class Money {
    get [Symbol.toStringTag]() {
      return "Money <b>1</b>";
    }
  }
  for (const [value, name] of [
    [new Map(), "a Map"],
    [new Error("x"), "an Error"],
    [new String("x"), "a String"],
    [new Uint8Array(1), "a Uint8Array"],
    [() => "", "a function"],
    [Symbol("x"), "a symbol"],
    [1n, "a bigint"],
    [Number.NaN, "NaN"],
    [-1 / 0, "-Infinity"],
    [new Money(), "a Moneyb1b"],
    [elsewhere("new Date(0)"), /^a Date, which can shift/],
    [Object.setPrototypeOf(new Date(0), null), /^a Date, which can shift|^an object/],
  ])
    typeof name === "string" ? assert.equal(got(value), name) : assert.match(got(value), name);
  const holed = new Array(3).fill("a", 1);
  assert.deepEqual(messages({ labels: holed }), ["Expected a string, got undefined"]);
});

test("the checked value is sent, even if it answers differently each time", async () => {
  const changing = (...values) => {
    let times = 0;
    return () => values[Math.min(times++, values.length - 1)];
  };
  const property = (name, get) => Object.defineProperty({}, name, { get, enumerable: true });
  const bad = "1".repeat(21);
  for (const options of [undefined, { extraBody: { vip: true } }]) {
    const phone = property("phone", changing("1", bad));
    assert.equal(JSON.parse(await sent(phone, options)).phone, "1");
    const nested = { company_address: property("post_code", changing("W1", bad)) };
    assert.equal(JSON.parse(await sent(nested, options)).company_address.post_code, "W1");
    const form = { toJSON: changing({ phone: "1" }, { phone: bad }) };
    assert.equal(JSON.parse(await sent(form, options)).phone, "1");
    const item = { labels: property("0", changing("a", 1)) };
    Object.setPrototypeOf(item.labels, Array.prototype);
    const list = new Proxy(["a"], {
      get: (target, name) => (name === "0" ? next() : target[name]),
    });
    const next = changing("a", 1);
    assert.deepEqual(JSON.parse(await sent({ labels: list }, options)).labels, ["a"]);
    const { api, requests } = clientOf();
    await api.update("5c7d9e", property("notes", changing("a", 1)), options);
    assert.equal(JSON.parse(requests[0].body).notes, "a");
  }
});

test("a conversion that a script gave to every list is called once", async () => {
  Object.defineProperty(Array.prototype, "toJSON", {
    configurable: true,
    value() {
      return [...this, "added"];
    },
  });
  try {
    assert.equal(await sent({ labels: ["a"] }), '{"labels":["a","added"]}');
  } finally {
    delete Array.prototype.toJSON;
  }
});

test("names that every object inherits are data in a map of preferences", async () => {
  const body = '{"marketing_preferences":{"__proto__":true,"constructor":false,"toString":true}}';
  for (const options of [undefined, { validate: false }])
    assert.equal(await sent(JSON.parse(body), options), body);
});

test("with more fields than the documented ones, the value that was checked is sent", async () => {
  class Guest {
    toJSON() {
      return { first_name: "Ada", labels: ["VIP"], dob: dateLike("2024-01-01") };
    }
  }
  for (const options of [{}, { validate: false }])
    assert.equal(
      await sent(new Guest(), { ...options, extraBody: { vip: true, notes: "over it" } }),
      '{"first_name":"Ada","labels":["VIP"],"dob":"2024-01-01","vip":true,"notes":"over it"}',
    );
  assert.equal(
    await sent({ first_name: "Ada" }, { extraBody: without({ nested: { a: [null, 1] } }) }),
    '{"first_name":"Ada","nested":{"a":[null,1]}}',
  );
});

test("half a surrogate pair is refused at its path, and in ids", async () => {
  const half = "a\ud83d";
  for (const [value, expected] of [
    [{ notes: half }, ["notes"]],
    [{ first_name: `${half} b` }, ["first_name"]],
    [{ email: `ada${half}@example.com` }, ["email"]],
    [{ labels: ["VIP", "\ude00"] }, ["labels", 1]],
    [{ associated_venues: [half] }, ["associated_venues", 0]],
    [{ custom_field_value: half }, ["custom_field_value"]],
    [{ company_address: { city: half } }, ["company_address", "city"]],
    [{ marketing_preferences: { [half]: true } }, ["marketing_preferences", half]],
    [{ dob: `2024-01-01${half}` }, ["dob"]],
  ])
    for (const validate of [validateNewCustomer, validateCustomerUpdate]) {
      const [issue, ...more] = validate(value);
      assert.deepEqual([issue.path, issue.code, more], [expected, "invalid_text", []]);
      assert.match(issue.message, /cut inside a character/);
    }
  for (const filter of [{ query: half }, { labels: [half] }, { full_name: half }]) {
    assert.equal(validateListFilter(filter)[0].code, "invalid_text");
    assert.throws(() => new CustomerFilter(filter).toQueryString(), { code: "validation" });
    const { api, requests } = clientOf();
    for (const options of [undefined, { validate: false }]) {
      const { issues } = await rejection(api.list(filter, options));
      assert.equal(issues[0].code, "invalid_text");
    }
    assert.equal(requests.length, 0);
  }
  assert.throws(() => CustomerFilter.parse(`query=${half}`), { code: "validation" });
  for (const id of ["5\udc00", "\ud83d", "5\ud83d\ud83d\ude00"]) {
    const { api, requests } = clientOf();
    for (const call of [() => api.delete(id), () => api.get(id), () => api.update(id, {})]) {
      const { issues } = await rejection(call());
      assert.deepEqual(brief(issues), ["id invalid_text"]);
    }
    assert.deepEqual(brief(validateCustomerUpdate({ id })), ["id invalid_text"]);
    assert.equal(requests.length, 0);
  }
  for (const [extraBody, path] of [
    [{ tier: half }, "tier"],
    [{ a: [{ b: half }] }, "a.0.b"],
    [{ [half]: 1 }, half],
  ])
    assert.deepEqual(await refused({ notes: "a" }, { extraBody }), [`${path} invalid_text`]);
  const halves = (count) => ({ extraBody: { tiers: Array.from({ length: count }, () => half) } });
  const listed = await refused({ notes: "a" }, halves(100));
  assert.deepEqual([listed.length, listed[99]], [100, "tiers.99 invalid_text"]);
  for (const count of [101, 100_000]) {
    const { issues } = await rejection(clientOf().api.create({ notes: "a" }, halves(count)));
    assert.deepEqual([issues.length, issues[100].params], [101, { more: count - 100 }]);
  }
  for (const whole of ["\ud83d\ude00", "\\ud83d", "\ufffd"]) {
    assert.equal(JSON.parse(await sent({ notes: whole }, { extraBody: { a: whole } })).a, whole);
    assert.deepEqual(validateListFilter({ query: whole }), []);
  }
});

test("a hundred issues are listed, and the last one counts the others", async () => {
  const body = (items) => ({ labels: Array.from({ length: items }, () => 1), emial: 1 });
  assert.equal(validateNewCustomer(body(99)).length, 100);
  assert.equal(validateNewCustomer(body(99)).at(-1).code, "unknown_field");
  for (const items of [100, 100_000]) {
    const issues = validateNewCustomer(body(items));
    assert.equal(issues.length, 101);
    assert.equal(issues[99].code, "invalid_type");
    assert.deepEqual(issues[100], {
      path: [],
      code: "more_issues",
      message: `Issues that are not listed here: ${items - 99}`,
      params: { more: items - 99 },
    });
  }
  const { message } = await rejection(clientOf().api.create(body(100)));
  assert.match(message, /^101 issues: labels\.0 \(invalid_type\), /);
});

test("a list that cannot be sent is refused for its length, at once", async () => {
  const max = 2 ** 19;
  assert.deepEqual(validateNewCustomer({ labels: new Array(max + 1).fill("") }), [
    {
      path: ["labels"],
      code: "too_long",
      message: `Must have at most ${max} items, but has ${max + 1}`,
      params: { max, actual: max + 1 },
    },
  ]);
  // Not for its length, but for its bytes.
  assert.deepEqual(brief(validateNewCustomer({ labels: new Array(max) })), [" too_large"]);
  for (const length of [1e7, 2 ** 32 - 1]) {
    assert.deepEqual(await refused({ labels: new Array(length) }), ["labels too_long"]);
    assert.deepEqual(brief(validateListFilter({ labels: new Array(length) })), ["labels too_long"]);
    assert.deepEqual(brief(validateNewCustomer({ dob: new Array(length) })), ["dob invalid_type"]);
    assert.deepEqual(brief(validateNewCustomer({ x: new Array(length) })), ["x unknown_field"]);
  }
});

test("a body that is too large is refused for its size", async () => {
  const max = 2 ** 20;
  const body = (size) => ({ labels: ["a".repeat(size - '{"labels":[""]}'.length)] });
  assert.equal((await sent(body(max))).length, max);
  assert.deepEqual(validateNewCustomer(body(max)), []);
  for (const value of [
    body(max + 1),
    { labels: ["é".repeat(max / 2)] },
    { labels: ["\0".repeat(max / 6)] },
    { marketing_preferences: { ["é".repeat(max / 2)]: true } },
  ]) {
    const issues = [
      {
        path: [],
        code: "too_large",
        message: `Must have at most ${max} bytes as JSON`,
        params: { max },
      },
    ];
    assert.deepEqual(validateNewCustomer(value), issues);
    assert.deepEqual(validateCustomerUpdate(value), issues);
    assert.deepEqual(await refused(value), [" too_large"]);
  }
  assert.deepEqual(await refused({ notes: "a" }, { extraBody: { b: "b".repeat(max) } }), [
    " too_large",
  ]);
  for (const text of ["a".repeat(1e8), "é".repeat(1e8)])
    for (const [value, expected] of [
      [{ labels: [text] }, "labels.0 too_long"],
      [{ email: text }, "email too_long"],
      [{ dob: text }, "dob too_long"],
      [{ marketing_preferences: { [text]: true } }, " too_large"],
      [{ [text]: 1 }, " too_large"],
    ])
      assert.deepEqual(brief(validateNewCustomer(value)), [expected]);
});

test("nesting is refused and never overflows", async () => {
  const nested = (depth) => {
    let value = [];
    for (let level = 1; level < depth; level++) value = [value];
    return value;
  };
  for (const depth of [3, 64, 65, 10_000, 1_000_000]) {
    assert.deepEqual(brief(validateNewCustomer({ x: nested(depth) })), ["x unknown_field"]);
    assert.deepEqual(await refused({ labels: nested(depth) }), ["labels.0 invalid_type"]);
  }
  const deep = (depth) => ({ extraBody: { x: nested(depth) } });
  assert.ok(await sent({ notes: "a" }, deep(63)));
  for (const depth of [64, 10_000, 1_000_000])
    assert.deepEqual(await refused({ notes: "a" }, deep(depth)), [" invalid_type"]);
});
