// The walk of an export over all pages, each customer once though others come and go meanwhile.
//
// It goes from the newest customer to the oldest. Whoever is created meanwhile comes in front of all others and moves
// them to later pages, where they are met again; whoever goes away moves those behind to earlier pages, where they
// would be missed. A customer can be missed only if more went than came, so that the total tells of it: the walk goes
// back by so many customers. The order of `iterate`, oldest first, would hide one who goes behind one who comes.

import { DEFAULT_LIMIT } from "../../src/js/contract.js";

/** The options that all requests of an export share. */
export const ORDER = { sort: ["-created_date"], limit: DEFAULT_LIMIT };

/** Where a walk begins. It is plain data, and so is where it stopped. */
export const beginning = () => ({ position: 0, furthest: 0, total: null, ids: [] });

const unreadable = () =>
  new Error(
    "The pagination headers of a list cannot be read, and without them nobody can tell whether an export is complete. In a browser, let the server name them in Access-Control-Expose-Headers",
  );

/** The page's place in the list, and how many customers the list has. */
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
 * The customers of each page who were not met before, and where the walk stands once they are safe: all customers in
 * front of `position` were met. `ask` gets a page by its number.
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
    // A page that is read again and has nobody new shows that those who went were behind it, or that the total is
    // not exact.
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
