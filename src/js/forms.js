// The rules for forms: the limits as data, and the schemas of the Standard Schema specification.

import { COMPANY_ADDRESS, CUSTOMER_UPDATE, FILTERS, NEW_CUSTOMER } from "./contract.js";
import { coreNow } from "./core.js";
import { describe } from "./outline.js";
import { OF_CREATE, OF_LIST, OF_UPDATE } from "./values.js";

const check = (value, subject) => describe(value, subject).check(coreNow()).issues;

export const validateNewCustomer = (value) => check(value, OF_CREATE);
export const validateCustomerUpdate = (value) => check(value, OF_UPDATE);
export const validateListFilter = (value) => check(value, OF_LIST);

const limitsOf = (table) =>
  Object.freeze(
    Object.fromEntries(
      table.flatMap(([name, kind, max]) => {
        if (kind === "address") return [[name, limitsOf(COMPANY_ADDRESS)]];
        return max ? [[name, max]] : [];
      }),
    ),
  );

export const fieldLimits = limitsOf(NEW_CUSTOMER);

/** One kind as JSON Schema. `items` are the items of a list in a query, which a comma would divide. */
const typeOf = (kind, max, min, isFilter, isUpdate) => {
  const text = (more) => ({ type: "string", ...more });
  const list = (items) => ({
    type: "array",
    items: isFilter ? { ...items, minLength: 1, pattern: "^[^,]*$" } : items,
    ...(isFilter && { minItems: 1 }),
  });
  const limit = { maxLength: max };
  const integer = { type: "integer", minimum: min, maximum: max };
  return {
    text: () => text(limit),
    email: () => text({ format: "email", ...limit }),
    scalar: () => ({ type: ["string", "number", "boolean"], ...limit }),
    integer: () => integer,
    integers: () => ({ anyOf: [integer, { type: "array", items: integer, minItems: 1 }] }),
    page: () => ({ anyOf: [integer, text({ pattern: "^0*[1-9][0-9]*$" })] }),
    date: () => text({ format: "date" }),
    dateTime: () => text(),
    customerId: () =>
      text({ pattern: "^(?!\\.{1,2}$)[^/\\\\?#%\\u0000-\\u001f\\u007f-\\u009f]+$" }),
    ids: () => list(text({ minLength: 1 })),
    texts: () => list(text()),
    emails: () => list(text({ format: "email" })),
    preferences: () => ({ type: "object", additionalProperties: { type: "boolean" } }),
    address: () => objectOf(COMPANY_ADDRESS, isFilter, isUpdate),
    search: () => text({ minLength: 1 }),
  }[kind]();
};

/** In an update null clears a field; the id alone has no null. */
const nullable = (type, kind) =>
  kind === "customerId" ? type : { anyOf: [type, { type: "null" }] };

const objectOf = (table, isFilter, isUpdate) => ({
  type: "object",
  properties: Object.fromEntries(
    table.map(([name, kind, max, min]) => {
      const type = typeOf(kind, max, min, isFilter, isUpdate);
      return [name, isUpdate ? nullable(type, kind) : type];
    }),
  ),
  additionalProperties: false,
  ...(isFilter && {
    dependentRequired: Object.fromEntries(
      table
        .filter(([, , other]) => typeof other === "string")
        .map(([name, , other]) => [name, [other]]),
    ),
  }),
});

const schema = (validator, table, isFilter, isUpdate) => {
  const jsonSchema = ({ target }) => {
    if (target !== "draft-2020-12")
      throw new Error(`The JSON Schema is written for draft-2020-12, not for ${target}`);
    const $schema = "https://json-schema.org/draft/2020-12/schema";
    return { $schema, ...objectOf(table, isFilter, isUpdate) };
  };
  const validate = (value) => {
    const issues = validator(value);
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
  newCustomer: schema(validateNewCustomer, NEW_CUSTOMER),
  customerUpdate: schema(validateCustomerUpdate, CUSTOMER_UPDATE, false, true),
  listFilter: schema(validateListFilter, FILTERS, true),
};
