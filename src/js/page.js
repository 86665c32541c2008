// A page for users: a plain object whose only function is a closure. It has no private member, which a proxy of Vue or
// MobX could not reach.

import { hidden } from "./cause.js";

/** The `nextPage` of a last page. */
export const noPage = async () => null;

/** A page for users; `more` gets the next one, if there is one. */
export const pageOf = (customers, rateLimit, [page, perPage, totalPages, totalResults], more) =>
  Object.defineProperty(
    {
      customers,
      pagination: Number.isNaN(page) ? null : { page, perPage, totalPages, totalResults },
      rateLimit,
    },
    "nextPage",
    // Not enumerable: copies and JSON of a page contain its data only.
    hidden(
      more
        ? async () => {
            const next = await more();
            // If the headers cannot be read, a full last page is recognised by the empty page after it.
            return next.pagination || next.customers.length ? next : null;
          }
        : noPage,
    ),
  );
