// The filter builder. It is a plain object behind a frozen face, and no handle into WebAssembly memory:
// a page may make a hundred thousand of them and leave them to the garbage collector.

import { FILTERS } from "./contract.js";
import { coreNow } from "./core.js";
import { configurationError, valid, validationError } from "./errors.js";
import { issueOf } from "./issues.js";
import { describe } from "./outline.js";
import { copy, copyOf, OF_LIST } from "./values.js";

/** The query of filters, or the error that has their issues. */
const toQuery = (values) => valid(describe(values, OF_LIST).check(coreNow()));

export class CustomerFilter {
  #values;

  constructor(values = {}) {
    this.#values = values;
  }

  toObject() {
    return copyOf(this.#values);
  }

  // What `JSON.stringify` takes: so a filter and its plain form are read by the same code.
  toJSON() {
    return this.#values;
  }

  toQueryString() {
    return toQuery(this.#values);
  }

  static parse(queryString) {
    if (typeof queryString !== "string")
      throw configurationError("CustomerFilter.parse takes a query string, as text");
    const values = JSON.parse(coreNow().parse(queryString));
    if (Array.isArray(values))
      throw validationError(
        values.map(([sentence, name]) => issueOf(name ? [name] : [], sentence)),
      );
    toQuery(values);
    return new CustomerFilter(values);
  }
}

// Numbers have one form, so that a filter that was parsed equals the one that was written.
const forms = {
  integers: (value) => (typeof value === "number" ? [value] : copy(value)), // a list, or one of its items
  page: (value) => (/^[1-9]\d{0,9}$/.test(value) ? Number(value) : value), // a number, or its digits
};

const camelCase = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());

for (const [name, kind] of FILTERS) {
  const form = forms[kind] ?? copy;
  Object.defineProperty(CustomerFilter.prototype, camelCase(name), {
    value(value) {
      return new CustomerFilter({ ...this.toJSON(), [name]: form(value) });
    },
  });
}
