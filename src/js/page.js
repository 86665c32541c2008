// What `list` resolves to, the promise that carries it, and the walk over all pages.

import { configurationError } from "./errors.js";
import { copyOf, plain } from "./filter.js";

/** A promise of a value that can also be asked for the response beside it. */
class ApiPromise extends Promise {
  // `then` gives ordinary promises.
  static get [Symbol.species]() {
    return Promise;
  }

  withResponse() {
    // Whoever takes the pair also takes its rejection: it must not be reported a second time.
    this.catch(() => {});
    return this.both;
  }
}

/** From a promise of `[data, response]`. */
export const apiPromise = (both) => {
  const promise = new ApiPromise((resolve, reject) =>
    both.then((pair) => resolve(pair[0]), reject),
  );
  const value = both.then(([data, response]) => ({ data, response }));
  value.catch(() => {});
  Object.defineProperty(promise, "both", { value });
  return promise;
};

export class CustomerPage {
  #next;

  constructor(
    customers,
    rateLimit,
    [page, perPage, totalPages, totalResults, next],
    { list, filter, options },
  ) {
    this.customers = customers;
    this.pagination = page === undefined ? null : { page, perPage, totalPages, totalResults };
    this.rateLimit = rateLimit;
    this.#next = () => (next === undefined ? null : list({ ...filter, page: next }, options));
  }

  async nextPage() {
    const page = await this.#next();
    // Where the headers cannot be read, a last page that is full is known by the empty one after it.
    return page?.pagination || page?.customers.length ? page : null;
  }
}

/** A filter with a limit. What is no plain object, such as a `Date` or a list, stays as it is and is refused. */
const limited = (filter = {}, limit) => {
  const values = plain(filter);
  return Object.prototype.toString.call(values) === "[object Object]"
    ? { limit, ...values }
    : values;
};

/** The customers of all pages. Asks for a page when it is needed, so leaving the walk leaves nothing running. */
class CustomerIterator {
  #ask;
  #left;
  #page = { customers: [] };
  #position = 0;
  #seen = new Set();
  // Calls of `next` wait for each other, as those of a generator do.
  #turn = Promise.resolve();

  constructor(list, filter, options, limit) {
    const { maxItems = Infinity, ...rest } = { ...options };
    if (typeof maxItems !== "number" || !(maxItems >= 0))
      throw configurationError("maxItems must be a number, 0 or more");
    this.#left = maxItems;
    this.#ask = () => list(limited(filter, limit), options && rest);
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

export const iterate = (list, filter, options, limit) =>
  new CustomerIterator(list, filter, options, limit);

/** What a page needs to ask for the next one: the filter as it is now, whatever the caller does to it. */
export const pageOf = (list, filter, options) => ({
  list,
  filter: copyOf(plain(filter) ?? {}),
  options,
});

/** A function that hands itself on, so that a page can ask for the next one without a handle of the client. */
export const bindList = (call) => {
  const list = (filter, options) => call(list, filter, options);
  return list;
};
