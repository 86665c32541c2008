// The issues of a report: a list of the first ones, and a way to all of them.

const PAGE = 100;

const whole = (value, what) => {
  if (!(Number.isSafeInteger(value) && value > 0))
    throw new TypeError(`${what} must be a whole number from 1`);
  return value;
};

/**
 * The list of the issues that are kept, of `count`. `for await` over it goes on with those that are not, which `again`
 * reads from the file; `page` gives so many of all.
 */
export const createIssues = (kept, count, again) => {
  async function* all() {
    if (kept.length !== count) yield* again();
    // `yield*` would come back here.
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
  // Beside the list, and no part of what is printed or copied of it.
  return Object.defineProperties(kept, {
    __proto__: null,
    [Symbol.asyncIterator]: { __proto__: null, value: all },
    page: { __proto__: null, value: page },
  });
};
