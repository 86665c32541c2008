// The rules for forms: the limits as data, and the schemas of the Standard Schema specification.

import { tables, whenDefined } from "./contract.js";

// The core's functions by number, as in contract.rs.
const VALIDATE = { newCustomer: 2, customerUpdate: 3, listFilter: 4 };
let core;

/** `max` of a kind that has no limit, see `UNLIMITED` in contract.rs. */
const UNLIMITED = 2 ** 32 - 1;

export const fieldLimits = {};

const limitsOf = (table) =>
  Object.fromEntries(
    table.flatMap(([name, kind, , max]) => {
      if (kind === "a") return [[name, Object.freeze(limitsOf(tables.address))]];
      return max < UNLIMITED ? [[name, Number(max)]] : [];
    }),
  );

/** One kind as JSON Schema. `items` are the items of a list in a query, which a comma would divide. */
const typeOf = (kind, min, max, isFilter, isUpdate) => {
  const text = (more) => ({ type: "string", ...more });
  const list = (items) => ({
    type: "array",
    items: isFilter ? { ...items, minLength: 1, pattern: "^[^,]*$" } : items,
    ...(isFilter && { minItems: 1 }),
  });
  const limit = max < UNLIMITED ? { maxLength: Number(max) } : {};
  const integer = { type: "integer", minimum: Number(min), maximum: Number(max) };
  return {
    t: () => text(limit),
    e: () => text({ format: "email", ...limit }),
    s: () => ({ type: ["string", "number", "boolean"], ...limit }),
    i: () => integer,
    n: () => ({ anyOf: [integer, { type: "array", items: integer, minItems: 1 }] }),
    p: () => ({ anyOf: [integer, text({ pattern: "^0*[1-9][0-9]*$" })] }),
    d: () => text({ format: "date" }),
    z: () => text(),
    c: () => text({ pattern: "^(?!\\.{1,2}$)[^/\\\\?#%\\u0000-\\u001f\\u007f-\\u009f]+$" }),
    I: () => list(text({ minLength: 1 })),
    T: () => list(text()),
    E: () => list(text({ format: "email" })),
    m: () => ({ type: "object", additionalProperties: { type: "boolean" } }),
    a: () => objectOf(tables.address, isFilter, isUpdate),
    q: () => text({ minLength: 1 }),
  }[kind]();
};

/** In an update null clears a field; the id alone has no null. */
const nullable = (type, kind) => (kind === "c" ? type : { anyOf: [type, { type: "null" }] });

const objectOf = (table, isFilter, isUpdate) => ({
  type: "object",
  properties: Object.fromEntries(
    table.map(([name, kind, min, max]) => {
      const type = typeOf(kind, min, max, isFilter, isUpdate);
      return [name, isUpdate ? nullable(type, kind) : type];
    }),
  ),
  additionalProperties: false,
  ...(isFilter && {
    dependentRequired: Object.fromEntries(
      table.filter((row) => row[4]).map((row) => [row[0], [row[4]]]),
    ),
  }),
});

const schema = (name) => {
  const jsonSchema = ({ target }) => {
    if (target !== "draft-2020-12")
      throw new Error(`The JSON Schema is written for draft-2020-12, not for ${target}`);
    const $schema = "https://json-schema.org/draft/2020-12/schema";
    return { $schema, ...objectOf(tables[name], name === "listFilter", name === "customerUpdate") };
  };
  const validate = (value) => {
    const issues = core(VALIDATE[name], value);
    return issues.length ? { issues } : { value };
  };
  return {
    "~standard": {
      version: 1,
      vendor: "collins-customers",
      validate,
      jsonSchema: { input: jsonSchema, output: jsonSchema },
    },
  };
};

export const schemas = {
  newCustomer: schema("newCustomer"),
  customerUpdate: schema("customerUpdate"),
  listFilter: schema("listFilter"),
};

whenDefined((functions) => {
  core = functions;
  Object.freeze(Object.assign(fieldLimits, limitsOf(tables.newCustomer)));
});
