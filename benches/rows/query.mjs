// Ten filters, given as an object, become a query string.
//
// Our figure is `toQueryString` of an existing filter, like the peers' objects. The second line also builds the
// filter with its ten setters.

import assert from "node:assert/strict";
import { createQuerySerializer } from "openapi-fetch";
import qs from "qs";
import { joined, toQuery } from "../clients/query.mjs";
import { filters } from "../data.mjs";
import { builds, importBuild } from "../peers.mjs";
import { rounds } from "../rounds.mjs";

export const work = "query of ten filters";
export const unit = "× a loop by hand";
export const target = 2.5;

const built = (CustomerFilter) =>
  new CustomerFilter()
    .associatedVenues(filters.associated_venues)
    .bookingDateFrom(filters.booking_date_from)
    .bookingDateTo(filters.booking_date_to)
    .dobMonth(filters.dob_month)
    .labels(filters.labels)
    .lastUpdatedFrom(filters.last_updated_from)
    .optedIn(filters.opted_in)
    .query(filters.query)
    .limit(filters.limit)
    .sort(filters.sort);

export async function measure() {
  const serialise = createQuerySerializer({ array: { style: "form", explode: false } });
  const contestants = [{ name: "loop by hand", work: () => toQuery(filters) }];
  for (const [name, , folder] of builds) {
    const { CustomerFilter } = await importBuild(folder);
    const filter = built(CustomerFilter);
    contestants.push(
      { name, work: () => filter.toQueryString() },
      { name: `${name}, with ten setters`, work: () => built(CustomerFilter).toQueryString() },
    );
  }
  contestants.push(
    { name: "URLSearchParams", work: () => new URLSearchParams(joined(filters)).toString() },
    { name: "openapi-fetch", work: () => serialise(filters) },
    { name: "qs", work: () => qs.stringify(filters, { arrayFormat: "comma" }) },
  );
  // Some write a comma or a space as `%2C` or `+`, which every server reads in the same way.
  const read = (query) => Object.fromEntries(new URLSearchParams(query));
  for (const { name, work } of contestants) assert.deepEqual(read(work()), joined(filters), name);
  return rounds(contestants);
}
