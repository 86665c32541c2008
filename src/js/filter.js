// The filter builder. It is a plain object behind a frozen face, and no handle into WebAssembly memory:
// a page may make a hundred thousand of them and leave them to the garbage collector.

import { tables, whenDefined } from "./contract.js";

// The core's functions by number, as in contract.rs.
const ENCODE = 0;
const PARSE = 1;
let core;

const copy = (value) => (Array.isArray(value) ? [...value] : value);

/** A copy of filters in their plain form, lists included. */
export const copyOf = (values) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, copy(value)]));

/** The plain form of a filter or of a plain object; the builder's own is not to be changed. */
export const plain = (filter) => (typeof filter?.toJSON === "function" ? filter.toJSON() : filter);

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
    return core(ENCODE, this);
  }

  static parse(queryString) {
    return new CustomerFilter(JSON.parse(core(PARSE, queryString)));
  }
}

// Numbers have one form, so that a filter that was parsed equals the one that was written.
const forms = {
  n: (value) => (typeof value === "number" ? [value] : copy(value)), // a list, or one of its items
  p: (value) => (/^[1-9]\d{0,9}$/.test(value) ? Number(value) : value), // a number, or its digits
};

const camelCase = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());

whenDefined((functions) => {
  core = functions;
  for (const [name, kind] of tables.listFilter) {
    const form = forms[kind] ?? copy;
    Object.defineProperty(CustomerFilter.prototype, camelCase(name), {
      value(value) {
        return new CustomerFilter({ ...this.toJSON(), [name]: form(value) });
      },
    });
  }
});
