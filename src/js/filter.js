// The filter builder. It is a frozen object of plain data, not a handle into WebAssembly memory: a page may create a
// hundred thousand of them and leave them to the garbage collector. copies.js describes copies of a filter.

import { hidden } from "./cause.js";
import { FILTERS, NOT_ENCODED, TWICE } from "./contract.js";
import { carriedBy, filtersOf, isMade, propertyOf } from "./copies.js";
import { coreNow } from "./core.js";
import { named, refuse, valid, validationError } from "./errors.js";
import { IssueList } from "./issues.js";
import { describe } from "./outline.js";
import { isRecord } from "./own.js";
import { copyOf, dateText, OF_LIST } from "./values.js";

/** The query of filters; throws their issues, if there are any. */
const toQuery = (values) => valid(describe(values, OF_LIST).check(coreNow()));

const KINDS = new Map(FILTERS);
const LISTS = ["emails", "ids", "integers", "texts"];
const NUMBERS = ["integer", "integers", "page"];

// A `+` is a space, as PHP reads it [assumed]; a space is never sent as `+`.
const decode = (text) => decodeURIComponent(text.replaceAll("+", " "));

/**
 * The value of a parameter in the form of its kind. A value of another form stays a string, and is refused. A list is
 * decoded and then divided, as PHP does: encoded commas make no difference.
 */
const readValue = (kind, text) => {
  const decoded = decode(text);
  const read = (item) =>
    NUMBERS.includes(kind) && /^(0|[1-9]\d*)$/.test(item) ? Number(item) : item;
  if (!LISTS.includes(kind)) return read(decoded);
  return decoded ? decoded.split(",").map(read) : [];
};

/** Reads the filters of a query string: src/filter/query.rs does the same for servers. */
const readQuery = (queryString, isUnknownIgnored) => {
  const values = new Map();
  const issues = new IssueList();
  for (const pair of queryString.replace(/^\?/, "").split("&").filter(Boolean)) {
    const [before, ...after] = pair.split("=");
    let path = [];
    try {
      const name = decode(before);
      if (isUnknownIgnored && !KINDS.has(name)) continue;
      path = [name];
      if (values.has(name)) issues.add(path, TWICE);
      values.set(name);
      values.set(name, readValue(KINDS.get(name), after.join("=")));
    } catch {
      // A name that cannot be read is not the name of a filter.
      if (path.length || !isUnknownIgnored) issues.add(path, NOT_ENCODED);
    }
  }
  const found = issues.all();
  if (found.length) throw validationError(found);
  // In the form of a copy: in the other form a name that ends with `=` would be mistaken for such a property.
  return Object.fromEntries([...values].map(([name, value]) => [propertyOf(name), value]));
};

/** Returns whether parameters that are not filters are ignored. */
const readUnknown = (options) => {
  const { unknown = "refuse", ...others } = { __proto__: null, ...options };
  if (Object.keys(others).length || !["refuse", "ignore"].includes(unknown))
    refuse('CustomerFilter.parse has one option: unknown, which is "refuse" or "ignore"');
  return unknown === "ignore";
};

// A value has one form, so that a parsed filter equals the one that was written, and it is plain data, so that every
// copy of a filter contains it.
const listOf = (value) => (Array.isArray(value) ? Object.freeze([...value]) : value);
const forms = {
  integers: (value) => listOf(typeof value === "number" ? [value] : value), // a list, or one of its items
  page: (value) =>
    typeof value === "string" && /^0*[1-9]\d{0,9}$/.test(value) ? Number(value) : value, // a number, or its digits
  date: dateText,
};

/** Sets the value of a parameter in its form; `undefined` removes it. */
const put = (filter, name, value) => {
  const property = propertyOf(name);
  if (value === undefined) delete filter[property];
  else filter[property] = (forms[KINDS.get(name)] ?? listOf)(value);
};

/** Returns whether nothing in a filter can change, so that another one may share its lists. A deep copy can change. */
const isFixed = (filter) =>
  isMade(filter) && Object.isFrozen(filter) && Object.values(filter).every(Object.isFrozen);

/** Returns whether `JSON.stringify` would leave a value out, so that the filter would match everyone. */
const isLeftOut = (value) => typeof value === "function" || typeof value === "symbol";

class Filter {
  constructor(filters = {}) {
    const values = filtersOf(filters);
    if (!isRecord(values)) refuse("CustomerFilter needs an object of filters");
    for (const name of Object.keys(values)) put(this, name, values[name]);
    Object.freeze(this);
  }

  toObject() {
    return copyOf(carriedBy(this));
  }

  toJSON() {
    const entries = Object.entries(this.toObject());
    return Object.fromEntries(
      entries.map(([name, value]) => [name, isLeftOut(value) ? null : value]),
    );
  }

  toQueryString() {
    return toQuery(this);
  }

  static parse(queryString, options = {}) {
    if (typeof queryString !== "string") refuse("CustomerFilter.parse needs a query string");
    const values = readQuery(queryString, readUnknown(options));
    toQuery(values);
    return new Filter(values);
  }
}

const camelCase = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());

/** Names the class, and gives it one setter for each parameter. */
const complete = () => {
  for (const [name] of FILTERS) {
    const setter = hidden(function (value) {
      if (!isFixed(this)) return new Filter({ ...carriedBy(this), [name]: value });
      const filter = Object.assign(Object.create(Filter.prototype), this);
      put(filter, name, value);
      return Object.freeze(filter);
    });
    Object.defineProperty(Filter.prototype, camelCase(name), setter);
  }
  return named("CustomerFilter", Filter);
};

export const CustomerFilter = /* @__PURE__ */ complete();
