// A page as users hold it: a plain object whose only function is a closure. It has no private member, which a proxy
// of Vue or MobX could not reach.

import { hidden } from "./cause.js";

/** The `nextPage` of a last page. */
export const noPage = async () => null;

/** A page as users hold it; `more` gets the next one, where there is one. */
export const pageOf = (customers, rateLimit, [page, perPage, totalPages, totalResults], more) =>
  Object.defineProperty(
    {
      customers,
      pagination: Number.isNaN(page) ? null : { page, perPage, totalPages, totalResults },
      rateLimit,
    },
    "nextPage",
    // Not enumerable: what copies a page, or makes it JSON, takes its data.
    hidden(
      more
        ? async () => {
            const next = await more();
            // Where the headers cannot be read, a last page that is full is known by the empty one after it.
            return next.pagination || next.customers.length ? next : null;
          }
        : noPage,
    ),
  );
