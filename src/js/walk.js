// The walk over all pages.

import { DEFAULT_LIMIT } from "./contract.js";
import { filtersOf } from "./copies.js";
import { refuse } from "./errors.js";
import { hasOptions, isRecord } from "./own.js";
import { noPage } from "./page.js";
import { copyOf } from "./values.js";

/** The current filters of a walk, with a limit. A value that is not an object stays as it is and is refused. */
const limited = (filter = {}) => {
  try {
    const values = filtersOf(filter);
    if (!isRecord(values)) return values;
    const { limit = DEFAULT_LIMIT, ...others } = copyOf(values);
    return { ...others, limit };
  } catch {
    return filter;
  }
};

const checkMaxItems = (maxItems) => {
  if (typeof maxItems !== "number" || !(maxItems >= 0))
    refuse("maxItems must be a number, 0 or more");
};

/**
 * The customers of all pages. It asks for a page when it is needed, so nothing keeps running after the walk is left.
 *
 * If customers are removed during the walk, the others move up, some of them to a page that was read already. It then
 * walks again from the start, until it finds nobody new. The total shows that customers were removed; if the headers
 * cannot be read, that must always be assumed, unless there is only one page.
 */
export const iterate = (api, filter, options) => {
  const { maxItems = Infinity, ...rest } = { __proto__: null, ...options };
  checkMaxItems(maxItems);
  const values = limited(filter);
  const begin = () => api.list(values, hasOptions(options) ? rest : options);

  let left = maxItems;
  /** The customers of the last page who are still to be yielded. */
  let waiting = [];
  let ask = begin;
  /** The last page of this round. */
  let last;
  let round = 1;
  /** The number of requests of this round, and whether one found a new customer. */
  let requests = 0;
  let hasNew = false;
  let isShrinking = false;
  /** The last round in which each id was found. */
  const met = new Map();

  /** Returns whether a page repeats the one before it: the only possible check if customers have no ids. */
  const isRepeated = ({ customers, pagination }) =>
    last !== undefined &&
    pagination?.page === last.pagination?.page &&
    JSON.stringify(customers) === JSON.stringify(last.customers);

  /** Takes the customers that were not yielded yet. Returns whether the page has anybody new in this round. */
  const take = (page) => {
    const total = page.pagination?.totalResults;
    const before = last?.pagination?.totalResults;
    // Customers that were created since the page before have moved those of that page to this one.
    let hasNext = total > before;
    let isOther;
    const yielded = page.customers.filter(({ id }) => {
      if (id === undefined || id === null) {
        isOther ??= !isRepeated(page);
        hasNext ||= isOther;
        return round === 1;
      }
      const metIn = met.get(id);
      met.set(id, round);
      hasNext ||= metIn !== round;
      return metIn === undefined;
    });
    if (hasNext) waiting = yielded;
    // A repeated page means that there is no other, and not that somebody was removed.
    if (last && !(total >= before) && (hasNext || !page.customers.length)) isShrinking = true;
    hasNew ||= waiting.length > 0;
    return hasNext;
  };

  const endRound = () => {
    // Nobody can have moved between pages if there is only one.
    if (!isShrinking || !hasNew || requests < 2) {
      left = 0;
      return;
    }
    round++;
    requests = 0;
    hasNew = false;
    last = undefined;
    ask = begin;
  };

  const step = async () => {
    while (left > 0) {
      if (waiting.length) {
        left--;
        return { done: false, value: waiting.shift() };
      }
      // Nothing changes before the page has arrived: after an error the same page is requested again.
      const page = await ask?.();
      if (ask) requests++;
      if (ask && !page) isShrinking = true; // without headers, an empty page is ambiguous
      if (page && take(page)) {
        last = page;
        ask = page.nextPage === noPage ? undefined : () => page.nextPage();
      } else endRound();
    }
    return { done: true, value: undefined };
  };

  // Calls of `next` wait for each other, as with a generator.
  let turn = Promise.resolve();
  const next = () => {
    const result = turn.then(step);
    turn = result.catch(() => {});
    return result;
  };

  return {
    next,
    async return(value) {
      left = 0;
      return { done: true, value };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    async toArray(options) {
      const { maxItems } = { __proto__: null, ...options };
      checkMaxItems(maxItems);
      const customers = [];
      while (customers.length < maxItems) {
        const { done, value } = await next();
        if (done) break;
        customers.push(value);
      }
      return customers;
    },
  };
};
