// The walk over all pages.

import { DEFAULT_LIMIT } from "./contract.js";
import { filtersOf } from "./copies.js";
import { refuse } from "./errors.js";
import { isRecord } from "./own.js";
import { noPage } from "./page.js";
import { copyOf } from "./values.js";

/** The filters of a walk as they are now, with a limit. What is no object stays as it is and is refused. */
const limited = (filter = {}) => {
  try {
    const values = filtersOf(filter);
    return isRecord(values) ? { limit: DEFAULT_LIMIT, ...copyOf(values) } : values;
  } catch {
    return filter;
  }
};

const checkMaxItems = (maxItems) => {
  if (typeof maxItems !== "number" || !(maxItems >= 0))
    refuse("maxItems must be a number, 0 or more");
};

/**
 * The customers of all pages. Asks for a page when it is needed, so leaving the walk leaves nothing running.
 *
 * Where customers go away while it walks, the others move up, some of them to a page that was read already. It then
 * walks again from where it began, until it meets nobody new. That others go is known by the total; where the
 * headers cannot be read it may always be so, unless there is but one page.
 */
export const iterate = (api, filter, options) => {
  const { maxItems = Infinity, ...rest } = { __proto__: null, ...options };
  checkMaxItems(maxItems);
  const values = limited(filter);
  const begin = () => api.list(values, options && rest);

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
  /** The round in which each id was met last. */
  const met = new Map();

  /** Whether a page is the one before it again, which is all that can be known where customers have no id. */
  const isRepeated = ({ customers, pagination }) =>
    last !== undefined &&
    pagination?.page === last.pagination?.page &&
    JSON.stringify(customers) === JSON.stringify(last.customers);

  /** Takes from a page who was not yielded yet. Returns whether it has anybody whom this round has not met. */
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
    // A page that repeats says that there is no other, and not that somebody left.
    if (last && !(total >= before) && (hasNext || !page.customers.length)) isShrinking = true;
    hasNew ||= waiting.length > 0;
    return hasNext;
  };

  const endRound = () => {
    // From a single page nobody can have moved.
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
      // Nothing changes before the page is here: after an error the same page is asked for again.
      const page = await ask?.();
      if (ask) requests++;
      if (ask && !page) isShrinking = true; // Of an empty page without headers, nobody knows why it is empty.
      if (page && take(page)) {
        last = page;
        ask = page.nextPage === noPage ? undefined : () => page.nextPage();
      } else endRound();
    }
    return { done: true, value: undefined };
  };

  // Calls of `next` wait for each other, as those of a generator do.
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
