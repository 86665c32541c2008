// What `list` resolves to, the promise that carries it, and the walk over all pages.

import { DEFAULT_LIMIT } from "./contract.js";
import { configurationError } from "./errors.js";
import { plain } from "./values.js";

/** A promise of the value of a promise of `[value, response]`, which can also be asked for both. */
export const apiPromise = (both) => {
  const promise = both.then(([data]) => data);
  promise.withResponse = () => {
    // Whoever takes the pair also takes its rejection: it must not be reported a second time.
    promise.catch(() => {});
    return both.then(([data, response]) => ({ data, response }));
  };
  return promise;
};

export class CustomerPage {
  #next;

  constructor(customers, rateLimit, [page, perPage, totalPages, totalResults], next) {
    this.customers = customers;
    this.pagination = Number.isNaN(page) ? null : { page, perPage, totalPages, totalResults };
    this.rateLimit = rateLimit;
    this.#next = next;
  }

  async nextPage() {
    const page = this.#next ? await this.#next() : null;
    // Where the headers cannot be read, a last page that is full is known by the empty one after it.
    return page?.pagination || page?.customers.length ? page : null;
  }
}

/** A filter with a limit. What is no plain object, such as a `Date` or a list, stays as it is and is refused. */
const limited = (filter = {}) => {
  const values = plain(filter);
  return Object.prototype.toString.call(values) === "[object Object]"
    ? { limit: DEFAULT_LIMIT, ...values }
    : values;
};

/** The customers of all pages. Asks for a page when it is needed, so leaving the walk leaves nothing running. */
export class CustomerIterator {
  #ask;
  #left;
  #page = { customers: [] };
  #position = 0;
  #seen = new Set();
  // Calls of `next` wait for each other, as those of a generator do.
  #turn = Promise.resolve();

  constructor(api, filter, options) {
    const { maxItems = Infinity, ...rest } = { ...options };
    if (typeof maxItems !== "number" || !(maxItems >= 0))
      throw configurationError("maxItems must be a number, 0 or more");
    this.#left = maxItems;
    this.#ask = () => api.list(limited(filter), options && rest);
  }

  next() {
    const result = this.#turn.then(() => this.#step());
    this.#turn = result.catch(() => {});
    return result;
  }

  async return(value) {
    this.#left = 0;
    return { done: true, value };
  }

  [Symbol.asyncIterator]() {
    return this;
  }

  async #step() {
    while (this.#left > 0) {
      while (this.#position < this.#page.customers.length) {
        const value = this.#page.customers[this.#position++];
        // Customers that are created or deleted meanwhile move others to another page.
        if (value.id !== undefined && this.#seen.has(value.id)) continue;
        this.#seen.add(value.id);
        this.#left--;
        return { done: false, value };
      }
      // Nothing changes before the page is here: after an error the same page is asked for again.
      const page = await this.#ask();
      // A page that repeats is the last, also where the service shuffles it. Where the headers say that it
      // is another one, customers that were created meanwhile have pushed the others along.
      const repeats =
        page?.pagination === null && page.customers.every(({ id }) => this.#seen.has(id));
      if (page === null || repeats) this.#left = 0;
      else [this.#page, this.#position, this.#ask] = [page, 0, () => page.nextPage()];
    }
    return { done: true, value: undefined };
  }
}
