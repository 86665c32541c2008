// The walk of an export over all pages: each customer once, even if others are created and deleted meanwhile.
//
// It goes from the newest customer to the oldest. A new customer is placed before all others and moves them to later
// pages, where they are found again; a deleted one moves later customers to earlier pages, where they would be missed.
// A customer can be missed only if more were deleted than created, which the total shows: the walk then goes back by
// the difference. With the order of `iterate`, oldest first, a new customer would hide a deleted one.

import { DEFAULT_LIMIT } from "../../src/js/contract.js";

/** The options that all requests of an export share. */
export const ORDER = { sort: ["-created_date"], limit: DEFAULT_LIMIT };

/** The state at the beginning of a walk. It is plain data, like the state where it stops. */
export const beginning = () => ({ position: 0, furthest: 0, total: null, ids: [] });

/** The error of work that needs all customers, if the responses do not say how many there are. */
export const unreadable = () =>
  new Error(
    "The responses have no readable pagination headers, so it is not known when all customers were read: a proxy must pass these headers on, and for a browser list them in Access-Control-Expose-Headers",
  );

/** The position of a page in the list, and the number of customers in the list. */
const placeOf = ({ pagination }, number) => {
  if (!pagination) throw unreadable();
  const { page, perPage, totalPages, totalResults } = pagination;
  if (page !== number)
    throw new Error(
      `Page ${number} was requested, but page ${page} came: something between here and the service drops the query`,
    );
  return { perPage: perPage || DEFAULT_LIMIT, totalPages, total: totalResults };
};

/**
 * The new customers of each page, and the state of the walk once they are safe: all customers before `position` were
 * found. `ask` requests a page by its number.
 */
export async function* walk(ask, { position, furthest, total: before, ids }) {
  const met = new Set(ids);
  let total = before;
  let size = DEFAULT_LIMIT;
  for (;;) {
    const number = Math.floor(position / size) + 1;
    const page = await ask(number);
    const place = placeOf(page, number);
    size = place.perPage;
    const customers = page.customers.filter(({ id }) =>
      id === undefined || id === null ? number > furthest : !met.has(id),
    );
    const known = Math.max(0, position - Math.max(0, (total ?? 0) - place.total));
    // If a page is read again and has nobody new, the deleted customers came after it, or the total is not exact.
    const isNext = (number - 1) * size <= known || (number <= furthest && !customers.length);
    position = isNext ? number * size : known;
    total = place.total;
    furthest = Math.max(furthest, number);
    for (const { id } of customers) if (id !== undefined && id !== null) met.add(id);
    const now = { position, furthest, total };
    const count = met.size;
    yield { customers, ...now, state: () => ({ ...now, ids: [...met].slice(0, count) }) };
    if (isNext && number >= place.totalPages) return;
  }
}
