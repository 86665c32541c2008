// What `list` resolves to, the promise that carries it, and the walk over all pages.

import { createError } from "./errors.js";
import { plain } from "./filter.js";

/** `ErrorKind::Configuration` in error.rs. */
const CONFIGURATION = 0;


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
  const promise = new ApiPromise((resolve, reject) => both.then((pair) => resolve(pair[0]), reject));
  const value = both.then(([data, response]) => ({ data, response }));
  value.catch(() => {});
  Object.defineProperty(promise, "both", { value });
  return promise;
};

export class CustomerPage {
  #next;

  constructor(customers, pagination, rateLimit, next) {
    this.customers = customers;
    this.pagination = pagination;
    this.rateLimit = rateLimit;
    this.#next = next;
  }

  async nextPage() {
    return this.#next ? this.#next() : null;
  }
}

export const createPage = (customers, pagination, rateLimit, list, filter, options, next) =>
  new CustomerPage(customers, pagination, rateLimit, next && (() => list({ ...plain(filter), page: next }, options)));

/** A function that hands itself on, so that a page can ask for the next one without a handle of the client. */
export const bindList = (call) => {
  const list = (filter, options) => call(list, filter, options);
  return list;
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

  constructor(list, filter, { maxItems = Infinity, ...options } = {}, limit) {
    if (!(maxItems >= 0)) throw createError(CONFIGURATION, "maxItems must be a number, 0 or more");
    this.#left = maxItems;
    this.#ask = () => list({ limit, ...plain(filter) }, options);
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
      const repeats = page?.customers.length > 0 && ids(page) === ids(this.#page);
      if (page === null || repeats) this.#left = 0;
      else [this.#page, this.#position, this.#ask] = [page, 0, () => page.nextPage()];
    }
    return { done: true, value: undefined };
  }
}

const ids = (page) => JSON.stringify(page.customers.map(({ id }) => id));

export const iterate = (list, filter, options, limit) => new CustomerIterator(list, filter, options, limit);
