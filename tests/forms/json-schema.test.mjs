// The JSON Schemas of the schemas, as read by other programs, agree with the package.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Validator } from "@cfworker/json-schema";
import Ajv from "ajv";
import Ajv2020 from "ajv/dist/2020.js";
import {
  schemas,
  validateCustomerUpdate,
  validateListFilter,
  validateNewCustomer,
} from "../support/package.mjs";
import { chance } from "../support/random.mjs";

const jsonSchema = (name, target) => schemas[name]["~standard"].jsonSchema.input({ target });

/** Validates values with independent implementations; Ajv in its strict mode, without plugins. */
const readers = (name) => {
  const strict = { strict: true, strictTypes: true, strictTuples: true };
  const [draft7, draft2020] = ["draft-07", "draft-2020-12"].map((target) =>
    jsonSchema(name, target),
  );
  const other = new Validator(draft7, "7");
  const other2020 = new Validator(draft2020, "2020-12");
  return {
    "Ajv, draft-07": new Ajv(strict).compile(draft7),
    "Ajv, draft-2020-12": new Ajv2020(strict).compile(draft2020),
    "@cfworker/json-schema, draft-07": (value) => other.validate(value).valid,
    "@cfworker/json-schema, draft-2020-12": (value) => other2020.validate(value).valid,
  };
};

const valid = (...values) => values.map((value) => [value, true]);
const invalid = (...values) => values.map((value) => [value, false]);

/** Values of a text field at its limit and one past it, in characters of one code unit and of two. */
const limited = (most, at) =>
  ["a", "🏙"].flatMap((character) => [
    ...valid(at(character.repeat(most))),
    ...invalid(at(character.repeat(most + 1))),
  ]);

// The common part of a new customer and an update.
const customer = [
  ...valid({}),
  ...limited(255, (first_name) => ({ first_name })),
  ...limited(255, (last_name) => ({ last_name })),
  ...limited(255, (company) => ({ company })),
  ...limited(20, (phone) => ({ phone })),
  ...limited(1000, (notes) => ({ notes })),
  ...limited(255, (custom_field_value) => ({ custom_field_value })),
  ...limited(255, (street) => ({ company_address: { street } })),
  ...limited(50, (city) => ({ company_address: { city } })),
  ...limited(10, (post_code) => ({ company_address: { post_code } })),
  ...invalid({ company_address: { country: "GB" } }, { company_address: "Hackney" }),
  ...valid({ email: "ada@example.com" }),
  ...invalid({ email: "ada@" }, { email: "" }),
  ...valid({ dob: "2024-02-29" }),
  ...invalid({ dob: "2023-02-29" }, { dob: "29/02/2024" }),
  ...valid({ custom_field_value: 1.5 }, { custom_field_value: true }),
  ...invalid({ custom_field_value: [] }, { phone: 20 }),
  ...valid({ associated_venues: [] }, { associated_venues: ["a"] }),
  ...invalid({ associated_venues: [""] }, { associated_venues: "a" }),
  ...valid({ marketing_preferences: { a: true } }),
  ...invalid({ marketing_preferences: { a: "yes" } }),
  ...valid({ labels: ["VIP"] }),
  ...invalid({ labels: [1] }, { nickname: "Ada" }, [], null, "Ada"),
];

const tables = {
  newCustomer: [validateNewCustomer, [...customer, ...invalid({ id: "a" }, { notes: null })]],
  customerUpdate: [
    validateCustomerUpdate,
    [
      ...customer,
      ...valid({ notes: null }, { company_address: { city: null } }, { company_address: null }),
      ...valid({ id: "a" }, { id: "..." }),
      ...invalid({ id: "" }, { id: "." }, { id: ".." }, { id: "a/b" }, { id: null }),
    ],
  ],
  listFilter: [
    validateListFilter,
    [
      ...valid({}, { limit: 1 }, { limit: 30 }),
      ...invalid({ limit: 0 }, { limit: 31 }, { limit: 1.5 }, { limit: "30" }),
      ...valid({ page: 1 }, { page: 4294967295 }, { page: "1" }, { page: "007" }),
      ...invalid({ page: 0 }, { page: 4294967296 }, { page: "0" }, { page: "" }),
      ...valid({ dob_month: 1 }, { dob_month: 12 }, { dob_month: [1, 12] }),
      ...invalid({ dob_month: 0 }, { dob_month: 13 }, { dob_month: [13] }, { dob_month: [] }),
      ...valid({ created_date: "2024-02-29" }, { query: "a" }, { labels: ["VIP"] }),
      ...invalid({ created_date: "2023-02-29" }, { query: "" }, { labels: [] }),
      ...invalid({ labels: [""] }, { labels: ["a,b"] }, { email: ["ada@"] }, { colour: "red" }),
      ...valid({ opted_in: ["a"], opted_in_date: "2024-02-29" }),
      ...invalid({ opted_in_date: "2024-02-29" }, { opted_out_date_to: "2024-02-29" }),
    ],
  ],
};

for (const [name, [validate, table]] of Object.entries(tables)) {
  test(`${name} as JSON Schema agrees with the package`, () => {
    const accepts = Object.entries(readers(name));
    for (const [value, expected] of table) {
      const what = JSON.stringify(value);
      assert.equal(validate(value).length === 0, expected, `the package on ${what}`);
      for (const [reader, isValid] of accepts)
        assert.equal(isValid(value), expected, `${reader} on ${what}`);
    }
  });
}

// Values that are right as often as wrong, each in its own field or in another one.
const DAYS =
  "2024-02-29,2023-02-29,2000-02-29,1900-02-29,0000-01-01,0001-01-01,9999-12-31,2024-04-31,2024-13-01,2024-1-1,0000-00-00";
const TIMES =
  "2019-03-06 17:00:00,2019-03-06T17:00:00Z,2019-03-06T17:00:00.5+02:00,2019-03-06 17:00:00-0930,2019-03-06 24:00:00,2019-03-06 17:00,2019-02-29 17:00:00,2019-03-06 17:00:60,2019-03-06T17:00:00.Z,2019-03-06T17:00:00+24:00";
const ADDRESSES =
  'ada@example.com,ada@example,ada@,@example.com,a..b@example.com,.a@example.com,a.@example.com,a+b@example.co.uk,o\'neil@example.ie,ada@-a.com,ada@a-.com,ada@a_b.com,ada@example.123,ada@123.example,ada@xn--bcher-kva.example,Ada@EXAMPLE.com,ada@b\u00fccher.example,\u00e4da@example.com,ada@example\u3002jp,ada @example.com,ada@ex ample.com,ada@example.com ,"a b"@example.com,"a\\"b"@example.com,"a"b"@example.com,""@example.com,ada@[127.0.0.1],ada@[IPv6:::1],ada@[nowhere],a@b@example.com,ada@example..com,ada@.example.com,ada@example.com.';
const TEXTS = [
  "",
  " ",
  "a",
  "\u{1f3d9}",
  "a,b",
  ...[10, 11, 20, 21, 50, 51, 63, 64, 255, 256, 1000, 1001].flatMap((length) =>
    ["x", "\u{1f3d9}"].map((text) => text.repeat(length)),
  ),
  ...[63, 64].map((length) => `ada@${"a".repeat(length)}.com`),
  ...[61, 62].map((length) => `ada@${`${"a".repeat(63)}.`.repeat(3)}${"b".repeat(length)}`),
  ...DAYS.split(","),
  ...TIMES.split(","),
  ...ADDRESSES.split(","),
  ..."0,1,007,30,31,4294967295,4294967296,04294967295,99999999999,-1,1.5,a/b,..,.,...,%2e".split(
    ",",
  ),
];
const SCALARS = [null, true, false, 0, 1, 12, 13, 30, 31, -1, 1.5, 4294967295, 4294967296, 1e21];

function generated({ next, oneOf, some }, names) {
  const scalar = () => (next() < 0.75 ? oneOf(TEXTS) : oneOf(SCALARS));
  const own = {
    email: () => oneOf(ADDRESSES.split(",")),
    dob: () => oneOf(DAYS.split(",")),
    created_date: () => oneOf([...TIMES.split(","), "", null]),
    company_address: () => object(["street", "city", "post_code", "country"], 0.03),
    marketing_preferences: () =>
      next() < 0.5
        ? Object.fromEntries(some(3, () => [oneOf(["a", "b"]), oneOf([true, false, "1"])]))
        : some(2, () => ({
            id: oneOf(["a", "b", 1]),
            opted_in: oneOf([true, false, "1"]),
            opt_in_date: null,
          })),
    bookings: () => oneOf([[], [{ id: "a" }], null]),
  };
  const value = () => {
    const kind = next();
    if (kind < 0.6) return scalar();
    return kind < 0.85 ? some(3, scalar) : object(["street", "city", "a"], 0);
  };
  const object = (names, unknown) =>
    Object.fromEntries(
      some(3, () => (next() < unknown ? ["country", "a"] : [oneOf(names), scalar()])),
    );
  return () =>
    Object.fromEntries(
      some(2, () => {
        const name = oneOf(names);
        return [name, own[name] && next() < 0.7 ? own[name]() : value()];
      }),
    );
}

// JSON Schema cannot express an order of two values, the ASCII length of a domain beyond ASCII, and the digits of an
// address literal.
const isBeyondJsonSchema = (issues, text) =>
  issues.every(
    ({ code }) =>
      code === "reversed_range" ||
      (code === "invalid_email" && (/@\[/.test(text) || /@[^"]*[^\0-\x7f]/.test(text))),
  );

for (const [seed, [name, [validate]]] of Object.entries(tables).entries()) {
  test(`${name} as JSON Schema agrees with the package on 2000 generated values`, () => {
    const accepts = Object.entries(readers(name));
    const names = [...Object.keys(jsonSchema(name, "draft-07").properties), "bookings", "unknown"];
    const make = generated(chance(seed + 11), names);
    const count = { valid: 0, invalid: 0, beyond: 0 };
    for (let made = 0; made < 2000; made++) {
      const value = make();
      const text = JSON.stringify(value);
      const issues = validate(value);
      const expected = issues.length === 0;
      if (!expected && isBeyondJsonSchema(issues, text)) {
        count.beyond++;
        continue;
      }
      count[expected ? "valid" : "invalid"]++;
      for (const [reader, isValid] of accepts)
        assert.equal(isValid(value), expected, `${reader} on ${text}: ${JSON.stringify(issues)}`);
    }
    assert.ok(count.valid > 300 && count.invalid > 300 && count.beyond < 60, JSON.stringify(count));
  });
}

test("a customer that was read is a valid update for the schema and for the package", () => {
  const customer = {
    id: "5c7d9e0f1a2b3c4d5e6f7a8b",
    email: "ada@example.com",
    first_name: null,
    company_address: { street: null, city: "London", post_code: "W1" },
    custom_field_value: null,
    associated_venues: [],
    marketing_preferences: [{ id: "a", opted_in: true, opt_in_date: null, opt_out_date: null }],
    bookings: [{ id: "1", num_people: 2 }],
    labels: ["VIP"],
    created_date: null,
    last_updated: "2019-03-06 17:00:00",
  };
  for (const [value, expected] of [
    ...valid(customer, { ...customer, bookings: null }),
    ...invalid({ ...customer, created_date: "" }, { ...customer, last_updated: "yesterday" }),
  ]) {
    assert.equal(validateCustomerUpdate(value).length === 0, expected);
    for (const [reader, isValid] of Object.entries(readers("customerUpdate")))
      assert.equal(isValid(value), expected, reader);
  }
});

test("the error for an unknown target names it", () => {
  for (const target of ["draft-04", "openapi-3.0", "toString", undefined])
    assert.throws(() => jsonSchema("newCustomer", target), /draft-07 and draft-2020-12/);
});
