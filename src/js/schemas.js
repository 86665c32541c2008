// The rules as schemas of the Standard Schema specification, with its JSON Schema side.

import { KINDS } from "./changes.js";
import { CUSTOMER_UPDATE, FILTERS, NEW_CUSTOMER } from "./contract.js";
import { difference } from "./difference.js";
import { fromEditForm, fromForm } from "./forms.js";
import { objectOf } from "./json-schema.js";
import { isRecord } from "./own.js";
import { validateCustomerUpdate, validateListFilter, validateNewCustomer } from "./validation.js";

const DIALECTS = {
  "draft-07": "http://json-schema.org/draft-07/schema#",
  "draft-2020-12": "https://json-schema.org/draft/2020-12/schema",
};

/**
 * The part of a form for an existing customer that is checked. Its values may be the customer as it was read, so
 * undocumented fields are left to `update(customer, edited)`.
 */
const documented = (values) =>
  isRecord(values)
    ? Object.fromEntries(Object.entries(values).filter(([name]) => KINDS.has(name)))
    : values;

const same = (value) => value;

/** A schema that returns the result of `read`, if that has no issues. */
const standard = (validator, { read = same, judgedOf = same, jsonSchema }) => ({
  "~standard": {
    version: 1,
    vendor: "collins-customers",
    validate: (given) => {
      let [value, judged] = [given, given];
      try {
        value = read(given);
        judged = judgedOf(value);
      } catch {
        // The validator reports the issue of a value that cannot be read.
      }
      const issues = validator(judged);
      return issues.length ? { issues } : { value };
    },
    ...(jsonSchema && { jsonSchema: { input: jsonSchema, output: jsonSchema } }),
  },
});

const schema = (validator, table, subject) => {
  const jsonSchema = ({ target }) => {
    if (!Object.hasOwn(DIALECTS, target))
      throw new Error(
        `No JSON Schema for ${target}: the targets are ${Object.keys(DIALECTS).join(" and ")}`,
      );
    return { $schema: DIALECTS[target], ...objectOf(table, target, subject) };
  };
  return standard(validator, { jsonSchema });
};

// `@__PURE__` lets bundlers leave out what a page does not import: see xtask/package.mjs.
export const schemas = {
  newCustomer: /* @__PURE__ */ schema(validateNewCustomer, NEW_CUSTOMER),
  customerUpdate: /* @__PURE__ */ schema(validateCustomerUpdate, CUSTOMER_UPDATE, {
    isUpdate: true,
  }),
  listFilter: /* @__PURE__ */ schema(validateListFilter, FILTERS, { isFilter: true }),
  newCustomerForm: /* @__PURE__ */ standard(validateNewCustomer, { read: fromForm }),
  customerUpdateForm: /* @__PURE__ */ standard(validateCustomerUpdate, {
    read: fromEditForm,
    judgedOf: documented,
  }),
  customerUpdateFormOf: (customer) =>
    standard(validateCustomerUpdate, {
      read: fromEditForm,
      judgedOf: (edited) => difference(customer, edited).judged,
    }),
};
