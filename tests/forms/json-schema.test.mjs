// The JSON Schema side of the schemas, as another program reads it: it says what the package says.

import assert from "node:assert/strict";
import { test } from "node:test";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import {
  schemas,
  validateCustomerUpdate,
  validateListFilter,
  validateNewCustomer,
} from "../support/package.mjs";

function compile(schema) {
  // A custom field's value may be of several types.
  const ajv = new Ajv({ allowUnionTypes: true });
  addFormats(ajv);
  return ajv.compile(schema["~standard"].jsonSchema.input({ target: "draft-2020-12" }));
}

const valid = (...values) => values.map((value) => [value, true]);
const invalid = (...values) => values.map((value) => [value, false]);

/** A text field's value at its limit and one past it, in characters of one code unit and of two. */
const limited = (most, at) =>
  ["a", "🏙"].flatMap((character) => [
    ...valid(at(character.repeat(most))),
    ...invalid(at(character.repeat(most + 1))),
  ]);

// What a new customer and an update have in common.
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
    const accepts = compile(schemas[name]);
    for (const [value, expected] of table) {
      const what = JSON.stringify(value);
      assert.equal(validate(value).length === 0, expected, `the package on ${what}`);
      assert.equal(accepts(value), expected, `the JSON Schema on ${what}`);
    }
  });
}
