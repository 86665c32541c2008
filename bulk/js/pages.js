// The issues of a report: a list of the first ones, with access to all of them.

const PAGE = 100;

const whole = (value, what) => {
  if (!(Number.isSafeInteger(value) && value > 0))
    throw new TypeError(`${what} must be a whole number from 1`);
  return value;
};

/**
 * Adds two properties to the list of kept issues, which are some of `count`: `for await` iterates over all of them,
 * which `again` reads from the file, and `page` returns a page of them.
 */
export const createIssues = (kept, count, again) => {
  async function* all() {
    if (kept.length !== count) yield* again();
    // `yield*` would call this function again.
    else for (const issue of kept) yield issue;
  }
  async function page(number, size = PAGE) {
    const end = whole(number, "The page") * whole(size, "The size of a page");
    const begin = end - size;
    if (begin >= count) return [];
    if (end <= kept.length || kept.length === count) return kept.slice(begin, end);
    const found = [];
    let place = 0;
    for await (const issue of again()) {
      if (place >= begin) found.push(issue);
      if (++place === end) break;
    }
    return found;
  }
  // The properties are not enumerable, so they are not printed or copied.
  return Object.defineProperties(kept, {
    __proto__: null,
    [Symbol.asyncIterator]: { __proto__: null, value: all },
    page: { __proto__: null, value: page },
  });
};
