// Invalid input gives an error that says so, and no request is sent.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createSandbox } from "../support/in-process.mjs";
import {
  CustomerFilter,
  CustomersApi,
  clientOf,
  id,
  json,
  originalCause,
  rejection,
  validateCustomerUpdate,
  validateListFilter,
  validateNewCustomer,
} from "../support/package.mjs";
import { token } from "../support/sandbox.mjs";

/** The issues as `path code`, such as `labels.0 contains_comma`. */
const brief = (issues) => issues.map(({ path, code }) => `${path.join(".")} ${code}`.trim());

/** Fails unless the call is refused with these issues before anything is sent. */
async function refused(call, expected, message) {
  const { api, requests } = clientOf();
  const error = await rejection(call(api));
  assert.equal(error.name, "ValidationError", message);
  assert.equal(error.code, "validation");
  assert.deepEqual(brief(error.issues), expected, message);
  assert.equal(requests.length, 0, message);
}

test("an id that could change the path sends no request", async () => {
  const { baseUrl, fetch, requests: seen } = createSandbox({ seed: 5 });
  const api = new CustomersApi({ token, baseUrl, fetch });
  const bad = [
    "",
    ".",
    "..",
    "a/b",
    "a%2fb",
    "a\\b",
    "a?b",
    "a#b",
    "a\nb",
    "a\0b",
    "a\x7fb",
    "a\u0085b",
  ];
  const types = [undefined, null, 1, {}, ["a"], Symbol("a"), 1n, () => "a"];
  for (const value of [...bad, ...types]) {
    for (const call of [api.get(value), api.delete(value), api.update(value, {})]) {
      const error = await rejection(call);
      const shown = typeof value === "string" ? JSON.stringify(value) : typeof value;
      assert.equal(error.name, "ValidationError", shown);
      assert.deepEqual(brief(error.issues), ["id invalid_id"], shown);
    }
  }
  assert.deepEqual(seen, []);
  assert.equal((await api.list()).pagination.totalResults, 5);
});

test("an id with other characters stays one segment of the path", async () => {
  const { api, requests } = clientOf();
  await api.get("a b+c;d:e@ü…😀...");
  const { pathname, search, hash } = new URL(requests[0].url);
  assert.equal(decodeURIComponent(pathname), "/api/customers/a b+c;d:e@ü…😀...");
  assert.equal(search + hash, "");
});

test("an invalid filter sends no request", async (t) => {
  const dated = (name) => [`${name} requires`];
  const rows = [
    [{ labels: ["a,b"] }, ["labels.0 contains_comma"]],
    [{ labels: [] }, ["labels empty_list"]],
    [{ associated_venues: [] }, ["associated_venues empty_list"]],
    [{ opted_in_date: "2019-01-01" }, dated("opted_in_date")],
    [{ opted_in_date_from: "2019-01-01" }, dated("opted_in_date_from")],
    [{ opted_out_date_to: "2019-01-01", opted_in: ["1"] }, dated("opted_out_date_to")],
    [{ limit: 31 }, ["limit out_of_range"]],
    [{ limit: 0 }, ["limit out_of_range"]],
    [{ limit: 1.5 }, ["limit invalid_type"]],
    [{ page: 0 }, ["page out_of_range"]],
    [{ page: "0" }, ["page out_of_range"]],
    [{ dob_month: 13 }, ["dob_month out_of_range"]],
    [{ dob_month: [12, 0] }, ["dob_month.1 out_of_range"]],
    [{ booking_date: new Date(0) }, ["booking_date invalid_type"]],
    [{ booking_date: "2023-02-29" }, ["booking_date invalid_date"]],
    [{ booking_date: "2023-2-3" }, ["booking_date invalid_date"]],
    [
      { booking_date_from: "2024-01-02", booking_date_to: "2024-01-01" },
      ["booking_date_from reversed_range"],
    ],
    [{ query: "" }, ["query empty"]],
    [{ query: {} }, ["query invalid_type"]],
    [{ labels: "VIP" }, ["labels invalid_type"]],
    [{ label: ["VIP"] }, ["label unknown_field"]],
    ...[null, Number.NaN, new Date(0)].flatMap((value) =>
      ["labels", "query", "limit", "page", "created_date", "dob_month"].map((name) => [
        { [name]: value },
        [`${name} invalid_type`],
      ]),
    ),
    [{ labels: [null] }, ["labels.0 invalid_type"]],
    [null, ["invalid_type"]],
    [[], ["invalid_type"]],
    ["labels=VIP", ["invalid_type"]],
    [() => ({}), ["invalid_type"]],
  ];
  for (const [filter, expected] of rows) {
    const shown = JSON.stringify(filter) ?? String(filter);
    await t.test(shown, async () => {
      await refused((api) => api.list(filter), expected, shown);
      await refused((api) => api.iterate(filter).next(), expected, shown);
      assert.deepEqual(brief(validateListFilter(filter)), expected, shown);
    });
  }
});

test("the builder follows the same rules when it is used", async () => {
  const build = () => new CustomerFilter();
  await refused((api) => api.list(build().labels(["a,b"])), ["labels.0 contains_comma"]);
  await refused((api) => api.list(build().labels([])), ["labels empty_list"]);
  await refused((api) => api.list(build().optedInDate("2019-01-01")), ["opted_in_date requires"]);
  await refused((api) => api.list(build().limit(31)), ["limit out_of_range"]);
  await refused((api) => api.list(build().page(0)), ["page out_of_range"]);
  await refused((api) => api.list(build().createdDate(new Date(0))), ["created_date invalid_type"]);
  assert.throws(() => build().limit(Number.NaN).toQueryString(), { name: "ValidationError" });
  for (const text of ["limit=31", "label=a", "labels=a&labels=b", "labels=%", "labels="]) {
    assert.throws(() => CustomerFilter.parse(text), { name: "ValidationError" }, text);
  }
});

test("a filter at its limits is sent", async () => {
  const { api, requests } = clientOf();
  await api.list({ limit: 30 });
  await api.list({ limit: 1, page: 1 });
  await api.list({ page: "2", dob_month: [1, 12], opted_in: ["1"], opted_in_date: "2024-02-29" });
  const queries = requests.map(({ url }) => new URL(url).search);
  const all = "?dob_month=1,12&opted_in=1&opted_in_date=2024-02-29&page=2";
  assert.deepEqual(queries, ["?limit=30", "?limit=1&page=1", all]);
});

test("a token that is not valid in a header is refused and not quoted", async () => {
  const secret = "s3cr3t";
  for (const end of ["\n", "\r\nX: y", "\0", "\x7f", "ü", "😀", "\t"]) {
    const bad = `${secret}${end}`;
    assert.throws(
      () => clientOf(undefined, { token: bad }),
      (error) =>
        error.name === "ConfigurationError" && !`${error.message}${error.stack}`.includes(secret),
    );
    const { api, requests } = clientOf(undefined, { token: () => bad });
    const error = await rejection(api.list());
    assert.equal(error.name, "ConfigurationError");
    assert.ok(!error.message.includes(secret));
    assert.equal(requests.length, 0);
  }
  assert.throws(() => clientOf(undefined, { token: "" }), { name: "ConfigurationError" });
});

test("the failure of a token function is an error with its reason", async () => {
  const reason = new Error("the vault is closed");
  const failing = [
    () => {
      throw reason;
    },
    () => Promise.reject(reason),
  ];
  for (const token of failing) {
    const { api, requests } = clientOf(undefined, { token });
    const error = await rejection(api.list());
    assert.equal(error.name, "ConfigurationError");
    assert.equal(originalCause(error), reason);
    assert.ok(!error.cause.message.includes("vault"));
    assert.equal(requests.length, 0);
  }
  for (const value of [undefined, null, 1, {}, ""]) {
    const { api, requests } = clientOf(undefined, { token: () => value });
    assert.equal((await rejection(api.list())).name, "ConfigurationError", String(value));
    assert.equal(requests.length, 0);
  }
});

test("an abort rejects with the caller's reason, unchanged", async () => {
  const { baseUrl, fetch, fail, requests: seen } = createSandbox();
  fail("list", "stall");
  const api = new CustomersApi({ token, baseUrl, fetch });
  for (const reason of ["why", undefined, null, 0, { plain: true }, new Error("mine")]) {
    const before = new AbortController();
    before.abort(reason);
    assert.equal(await rejection(api.list({}, { signal: before.signal })), before.signal.reason);
  }
  assert.deepEqual(seen, []);
  // An observer sees only requests that are made.
  const observed = api.withOptions({ onRequest: () => assert.fail() });
  assert.equal(await rejection(observed.list({}, { signal: AbortSignal.abort("why") })), "why");

  const during = new AbortController();
  const listening = api.list({}, { signal: during.signal });
  while (seen.length === 0) await new Promise(setImmediate);
  during.abort("why");
  assert.equal(await rejection(listening), "why");
  assert.equal(seen.length, 1);
});

test("forbidden behaviour of fetch ends in an error too", async (t) => {
  const rows = [
    ["resolves to nothing", async () => undefined, "UnexpectedResponseError"],
    ["resolves to null", async () => null, "UnexpectedResponseError"],
    ["resolves to text", async () => "OK", "UnexpectedResponseError"],
    ["resolves to an object", async () => ({}), "UnexpectedResponseError"],
    [
      "resolves to half a response",
      async () => ({ status: 200, ok: true }),
      "UnexpectedResponseError",
    ],
    ["resolves without a promise", () => undefined, "UnexpectedResponseError"],
    ["rejects with undefined", () => Promise.reject(), "ConnectionError"],
    ["rejects with null", () => Promise.reject(null), "ConnectionError"],
    ["rejects with a string", () => Promise.reject("no"), "ConnectionError"],
    ["rejects with an object", () => Promise.reject(Object.create(null)), "ConnectionError"],
    [
      "throws at once",
      () => {
        throw new TypeError("no");
      },
      "ConnectionError",
    ],
    [
      "throws undefined at once",
      () => {
        throw undefined;
      },
      "ConnectionError",
    ],
  ];
  for (const [what, fetch, name] of rows) {
    await t.test(what, async () => {
      const api = new CustomersApi({
        token,
        baseUrl: "https://proxy.example",
        fetch,
        maxRetries: 0,
      });
      const read = await rejection(api.list());
      assert.equal(read.name, name);
      assert.equal(read.mayHaveSucceeded, false);
      const written = await rejection(api.create({}));
      assert.equal(written.name, name);
      assert.equal(written.mayHaveSucceeded, true);
    });
  }
});

test("a base URL that is relative or not safe is refused", async () => {
  const bad = [
    "", "api", "./api", "//proxy.example", "/\\\\proxy.example", "/\t/proxy.example", "/api?x=1", "/api#x", "/a b", "proxy.example/api", "http://proxy.example/api",
    "http://localhost.example", "http://127.0.0.1.example", "http://user@localhost", "https://a:b@proxy.example",
    "https://proxy.example/api?x=1", "https://proxy.example/api#x", "https://", "ftp://localhost", "file:///tmp",
    "javascript://localhost", "https://proxy.example/a b", "https://proxy.example/\n", "https:/proxy.example",
  ]; // biome-ignore format: a list of texts
  for (const baseUrl of bad) {
    assert.throws(() => clientOf(undefined, { baseUrl }), { name: "ConfigurationError" }, baseUrl);
  }
  const good = [
    "http://localhost", "http://localhost:8787/api", "http://127.0.0.1:1", "http://[::1]:8787/api",
    "http://app.localhost/api", "https://proxy.example", "https://proxy.example/deep/api", "HTTPS://Proxy.Example/",
  ]; // biome-ignore format: a list of texts
  for (const baseUrl of good) {
    const { api, requests } = clientOf(undefined, { baseUrl });
    await api.list();
    assert.equal(requests[0].url, `${baseUrl.replace(/\/$/, "")}/customers`);
  }
});

// Headers that are neither a plain object nor pairs must not be dropped.
const wrongHeaders = [
  1, "a", null, ["a"], ["ab"], [["a"]], [["a", "b", "c"]], [["a", 1]], new Set(["ab"]), new Map([["a", 1]]),
  Promise.resolve({ a: "b" }), new WeakMap(), new (class { a = "b"; })(), { "a b": "c" }, { "a b": null },
  { a: "b\nc" }, { a: 1 }, { a: null }, { "": "a" }, [["a", "b\nc"]], new Date(),
]; // biome-ignore format: a list of values

test("options that are unknown or of a wrong type are refused", async (t) => {
  const wrong = {
    token: [1, {}, null, true, Symbol("a")],
    environment: ["sandbox", "Production", 1, null, ""],
    baseUrl: [1, {}, null, new URL("https://proxy.example")],
    fetch: ["fetch", {}, null],
    timeout: [0, -1, Number.NaN, "1", null],
    totalTimeout: [0, -1, Number.NaN, "1", null],
    maxRetries: [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "1", null, 101, 2 ** 32],
    maxRetryAfter: [0, -1, Number.NaN, "1", null],
    maxResponseBytes: [0, -1, Number.NaN, "1", null],
    idempotency: [1, "true", null],
    dangerouslyAllowUnencryptedToken: [1, "true", null],
    headers: wrongHeaders,
    onRequest: [{}, "a", null],
    onResponse: [{}, "a", null],
    onRetry: [{}, "a", null],
    logger: ["a", () => {}, null],
    logLevel: ["loud", 1, null],
    dangerouslyAllowBrowser: [1, "true", null],
    tokens: ["a"],
    Token: ["a"],
    __proto__x: [1],
  };
  for (const [name, values] of Object.entries(wrong)) {
    await t.test(name, () => {
      for (const value of values) {
        const options = { token, baseUrl: "https://proxy.example", [name]: value };
        if (name === "environment") delete options.baseUrl;
        assert.throws(
          () => new CustomersApi(options),
          (error) =>
            error.name === "ConfigurationError" &&
            error.code === "configuration" &&
            error.message.includes(name),
          `${name}: ${String(value)}`,
        );
        const { api } = clientOf();
        assert.throws(() => api.withOptions({ [name]: value }), { name: "ConfigurationError" });
      }
    });
  }
  const { signal } = new AbortController();
  for (const options of [null, 1, "token", [], () => {}, new Map([["token", "a"]]), signal]) {
    assert.throws(() => new CustomersApi(options), { name: "ConfigurationError" });
  }
  assert.throws(
    () => new CustomersApi(),
    { name: "ConfigurationError" },
    "no token for the service",
  );
  assert.throws(
    () => new CustomersApi({ token, environment: "playpen", baseUrl: "https://proxy.example" }),
    {
      name: "ConfigurationError",
    },
  );
});

test("options of a call that are unknown or of a wrong type are refused", async () => {
  const wrong = {
    signal: [1, {}, null, "abort"],
    timeout: [0, Number.NaN, "1", null],
    totalTimeout: [0, -1],
    maxRetries: [-1, 1.5, null, 101],
    headers: wrongHeaders.filter((headers) => headers?.a !== null),
    validate: [0, null],
    extraBody: [1, "a", null, [], new Map([["a", 1]]), new FormData()],
    maxResponseBytes: [0, -1, Number.NaN, "1", null],
    idempotency: [true],
    token: ["another"],
    Signal: [1],
  };
  for (const [name, values] of Object.entries(wrong)) {
    for (const value of values) {
      const { api, requests } = clientOf();
      const error = await rejection(api.create({}, { [name]: value }));
      assert.equal(error.name, "ConfigurationError", `${name}: ${String(value)}`);
      assert.ok(error.message.includes(name), `${name}: ${error.message}`);
      assert.equal(requests.length, 0);
    }
  }
  const { api, requests } = clientOf();
  for (const options of [null, 1, "a", [], new AbortController().signal]) {
    assert.equal((await rejection(api.get(id, options))).name, "ConfigurationError");
  }
  for (const maxItems of [-1, Number.NaN, "1", null]) {
    assert.throws(
      () => api.iterate({}, { maxItems }),
      { name: "ConfigurationError" },
      String(maxItems),
    );
  }
  assert.equal(requests.length, 0);
});

test("an invalid body sends no request", async (t) => {
  const cycle = {};
  cycle.company_address = cycle;
  const listCycle = [];
  listCycle.push(listCycle);
  const throwing = {
    get notes() {
      throw new Error("getter");
    },
  };
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const rows = [
    ["a Date", { dob: new Date(0) }, ["dob invalid_type"]],
    ["NaN", { custom_field_value: Number.NaN }, ["custom_field_value invalid_type"]],
    ["Infinity", { custom_field_value: -Infinity }, ["custom_field_value invalid_type"]],
    ["a function", { notes: () => "" }, ["notes invalid_type"]],
    ["a symbol", { notes: Symbol("a") }, ["notes invalid_type"]],
    ["a BigInt", { custom_field_value: 1n }, ["custom_field_value invalid_type"]],
    [
      "a Map",
      { marketing_preferences: new Map([["a", true]]) },
      ["marketing_preferences invalid_type"],
    ],
    ["a Map of everything", new Map([["notes", "a"]]), ["invalid_type"]],
    ["a Set", { labels: new Set(["a"]) }, ["labels invalid_type"]],
    ["a hole in a list", { labels: ["a", undefined] }, ["labels.1 invalid_type"]],
    ["a cycle", cycle, undefined],
    ["a list that holds itself", { labels: listCycle }, undefined],
    ["a getter that throws", throwing, undefined],
    ["a revoked proxy", revoked.proxy, undefined],
    ["a number as a phone", { phone: 123 }, ["phone invalid_type"]],
    ["a misspelt field", { firstname: "Ada" }, ["firstname unknown_field"]],
    [
      "an unknown field below",
      { company_address: { zip: "1" } },
      ["company_address.zip unknown_field"],
    ],
    ["no email", { email: "ada" }, ["email invalid_email"]],
    ["null", null, ["invalid_type"]],
    ["undefined", undefined, ["invalid_type"]],
    ["a list", [], ["invalid_type"]],
    ["text", "notes", ["invalid_type"]],
    ["a Date as the whole", new Date(0), ["invalid_type"]],
    ["256 characters", { first_name: "x".repeat(256) }, ["first_name too_long"]],
    [
      "256 lone surrogates",
      { first_name: "\ud800".repeat(256) },
      ["first_name too_long", "first_name invalid_text"],
    ],
    ["256 emoji", { first_name: "😀".repeat(256) }, ["first_name too_long"]],
    ["21 characters of phone", { phone: "1".repeat(21) }, ["phone too_long"]],
    ["1001 characters of notes", { notes: "ü".repeat(1001) }, ["notes too_long"]],
    [
      "an update's time",
      { last_updated: "2019-03-06 17:00:00" },
      ["last_updated unknown_field"],
      "create",
    ],
    ["null in a create", { notes: null }, ["notes invalid_type"], "create"],
    ["bookings", { booking: [] }, ["booking unknown_field"]],
    [
      "no date-time",
      { created_date: "2019-02-30 17:00:00" },
      ["created_date invalid_date"],
      "update",
    ],
  ];
  for (const [what, value, expected, only] of rows) {
    await t.test(what, async () => {
      for (const [operation, call, validate] of [
        ["create", (api) => api.create(value), validateNewCustomer],
        ["update", (api) => api.update(id, value), validateCustomerUpdate],
      ]) {
        if (only && only !== operation) continue;
        const issues = validate(value);
        assert.notEqual(issues.length, 0);
        if (expected) assert.deepEqual(brief(issues), expected, operation);
        await refused(call, brief(issues), operation);
      }
    });
  }
});

test("a body at its limits is sent", async () => {
  const plainDate = (text) => ({
    year: 1995,
    month: 1,
    day: 13,
    toString: () => text,
    toJSON: () => text,
  });
  const valid = {
    first_name: "\ufffd".repeat(255),
    last_name: "😀".repeat(255),
    company: "e\u0301".repeat(127),
    phone: "1".repeat(20),
    notes: "ü".repeat(1000),
    dob: plainDate("1995-01-13"),
    company_address: { street: "x".repeat(255), city: "x".repeat(50), post_code: "x".repeat(10) },
    custom_field_value: 1.5,
  };
  assert.deepEqual(validateNewCustomer(valid), []);
  const { api, requests } = clientOf();
  await api.create(valid);
  assert.deepEqual(JSON.parse(requests[0].body), { ...valid, dob: "1995-01-13" });
  assert.deepEqual(brief(validateNewCustomer({ dob: plainDate("1995-01-13T10:00") })), [
    "dob invalid_date",
  ]);

  await api.list({ booking_date: plainDate("2024-02-29") });
  await api.list(new CustomerFilter().bookingDate(plainDate("2024-02-29")));
  for (const { url } of requests.slice(1))
    assert.equal(new URL(url).search, "?booking_date=2024-02-29");
  class Polyfill {
    get year() {
      return 1995;
    }
    get month() {
      return 1;
    }
    get day() {
      return 13;
    }
    toString() {
      return "1995-01-13";
    }
  }
  await api.update(id, { dob: new Polyfill() });
  assert.deepEqual(JSON.parse(requests[3].body), { dob: "1995-01-13" });
});

test("validators give issues for any value and never throw", () => {
  const hostile = [
    undefined, null, true, 0, Number.NaN, 1n, "", "\ud800", Symbol("a"), () => {}, [], [[]], new Date(Number.NaN),
    new Map(), new WeakMap(), new Proxy({}, { ownKeys: () => { throw new Error("no"); } }), Object.create(null),
    { toJSON: () => { throw new Error("no"); } }, { toJSON: 1 }, { toString: () => { throw new Error("no"); } },
    { notes: { toString: null } }, { labels: { length: 5 } }, { labels: new Proxy([], {}) }, Promise.resolve(),
    JSON.parse(`${"[".repeat(2000)}${"]".repeat(2000)}`), { notes: "\0\0a Date" }, /a/, new Error("a"),
    JSON.parse('{"__proto__": 1, "constructor": 2}'), new (class extends Array {})(), new Uint8Array(2), globalThis,
  ]; // biome-ignore format: a list of values
  for (const validate of [validateNewCustomer, validateCustomerUpdate, validateListFilter]) {
    for (const value of hostile) {
      for (const wrapped of [
        value,
        { notes: value },
        { labels: [value] },
        { company_address: value },
      ]) {
        const issues = validate(wrapped);
        assert.ok(Array.isArray(issues));
        for (const { path, code, message } of issues) {
          assert.ok(Array.isArray(path));
          assert.match(code, /^[a-z_]+$/);
          assert.ok(message.length > 0);
        }
      }
    }
  }
});

test("without checks a value is sent as JSON.stringify writes it, and values without JSON are refused", async () => {
  const moment = new Date(0);
  const { api, requests } = clientOf();
  const sent = () => JSON.parse(requests.at(-1).body);
  await api.create({ dob: moment }, { validate: false });
  assert.deepEqual(sent(), { dob: "1970-01-01T00:00:00.000Z" });
  await api.create(
    { notes: "a" },
    { extraBody: { since: moment, none: Number.NaN, left: undefined } },
  );
  assert.deepEqual(sent(), { notes: "a", since: "1970-01-01T00:00:00.000Z", none: null });
  const count = requests.length;
  const cycle = {};
  cycle.cycle = cycle;
  const throwing = {
    get notes() {
      throw new Error("no");
    },
  };
  for (const bad of [cycle, { notes: 1n }, throwing]) {
    for (const call of [
      api.create(bad, { validate: false }),
      api.update(id, {}, { extraBody: bad }),
    ]) {
      assert.equal((await rejection(call)).name, "ValidationError");
    }
  }
  assert.equal(requests.length, count);
});

test("an empty list clears the list in an update, and is not a filter", async () => {
  const { api, requests } = clientOf(() => json({ customer: {} }));
  await api.update(id, { labels: [] });
  assert.equal(requests[0].body, '{"labels":[]}');
});
