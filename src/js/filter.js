// The filter builder. It is a plain object behind a frozen face, and no handle into WebAssembly memory:
// a page may make a hundred thousand of them and leave them to the garbage collector.

import { FILTERS, NOT_ENCODED, TWICE } from "./contract.js";
import { coreNow } from "./core.js";
import { configurationError, valid, validationError } from "./errors.js";
import { issueOf } from "./issues.js";
import { describe } from "./outline.js";
import { copy, copyOf, OF_LIST } from "./values.js";

/** The query of filters, or the error that has their issues. */
const toQuery = (values) => valid(describe(values, OF_LIST).check(coreNow()));

const KINDS = new Map(FILTERS);
const LISTS = ["emails", "ids", "integers", "texts"];
const NUMBERS = ["integer", "integers", "page"];

/** The value of a parameter in the form that its kind has. What has another form stays text, to be refused. */
const readValue = (kind, text) => {
  const read = (item) => {
    // A `+` is a space, as PHP reads it [assumed]; a space is never sent so.
    const decoded = decodeURIComponent(item.replaceAll("+", " "));
    return NUMBERS.includes(kind) && /^(0|[1-9]\d*)$/.test(decoded) ? Number(decoded) : decoded;
  };
  if (!LISTS.includes(kind)) return read(text);
  return text ? text.split(",").map(read) : [];
};

/** The filters that a query string stands for: see src/filter/query.rs, which reads the same for servers. */
const readQuery = (queryString) => {
  const values = new Map();
  const issues = [];
  for (const pair of queryString.replace(/^\?/, "").split("&").filter(Boolean)) {
    const [before, ...after] = pair.split("=");
    let path = [];
    try {
      const name = readValue("", before);
      path = [name];
      if (values.has(name)) issues.push(issueOf(path, TWICE));
      values.set(name);
      values.set(name, readValue(KINDS.get(name), after.join("=")));
    } catch {
      issues.push(issueOf(path, NOT_ENCODED));
    }
  }
  if (issues.length) throw validationError(issues);
  return Object.fromEntries(values);
};

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
    const values = readQuery(queryString);
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
