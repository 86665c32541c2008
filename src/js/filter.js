// The filter builder. It is a plain object behind a frozen face, and no handle into WebAssembly memory:
// a page may make a hundred thousand of them and leave them to the garbage collector.

let encode;
let parse;

const copy = (value) => (Array.isArray(value) ? [...value] : value);

/** The plain form of a filter or of a plain object; the builder's own is frozen. */
export const plain = (filter) => (typeof filter?.toJSON === "function" ? filter.toJSON() : filter);

export class CustomerFilter {
  #values;

  constructor(values = {}) {
    this.#values = values;
  }

  toObject() {
    return Object.fromEntries(Object.entries(this.#values).map(([name, value]) => [name, copy(value)]));
  }

  // What `JSON.stringify` takes: so a filter and its plain form are read by the same code.
  toJSON() {
    return this.#values;
  }

  toQueryString() {
    return encode(this);
  }

  static parse(queryString) {
    return new CustomerFilter(JSON.parse(parse(queryString)));
  }
}

// Numbers have one form, so that a filter that was parsed equals the one that was written.
const forms = {
  "": copy,
  "*": (value) => (typeof value === "number" ? [value] : copy(value)), // a list or one of its items
  "#": (value) => (/^[1-9]\d{0,9}$/.test(value) ? Number(value) : value), // a number or its digits
};

/** Gives the builder its setters, from the contract's table, and what the core does for it. */
export const defineFilter = (table, encodeFilter, parseFilter) => {
  encode = encodeFilter;
  parse = parseFilter;
  for (const row of table.split(" ")) {
    const [, name, form] = /^(\w+)(.?)$/.exec(row);
    const setter = name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
    Object.defineProperty(CustomerFilter.prototype, setter, {
      value(value) {
        return new CustomerFilter({ ...this.toJSON(), [name]: forms[form](value) });
      },
    });
  }
};
