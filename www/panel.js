// The panel with everything about one customer.

import { dayOf, nameOf } from "./customer.js";
import { element, find, text } from "./dom.js";
import { preferences, venues } from "./known.js";

const dialog = find("#panel");

/** What the two buttons do with the customer that is shown. */
let actions = null;

/** Shows a customer. `edit` and `remove` are what its buttons do, once the panel has closed. */
export function showPanel(customer, edit, remove) {
  actions = { edit, remove };
  find("h2", dialog).replaceChildren(text(nameOf(customer)));
  const facts = factsOf(customer).filter(([, values]) => values.length > 0);
  find("dl", dialog).replaceChildren(
    ...facts.flatMap(([name, values]) => [
      element("dt", {}, name),
      ...values.map((value) => element("dd", {}, text(value))),
    ]),
  );
  dialog.showModal();
  find("h2", dialog).focus();
}

const factsOf = (customer) => [
  ["Email", present(customer.email)],
  ["Phone", present(customer.phone)],
  ["Birthday", present(customer.dob && dayOf(customer.dob))],
  ["Company", present(customer.company)],
  ["Address", present(addressOf(customer.company_address))],
  ["Labels", customer.labels ?? []],
  ["Venues", (customer.associated_venues ?? []).map(venueOf)],
  ["Marketing", (customer.marketing_preferences ?? []).map(choiceOf)],
  ["Bookings", (customer.bookings ?? []).map(bookingOf)],
  ["Notes", present(customer.notes)],
  ["The venue’s own field", present(customer.custom_field_value)],
  ["Customer since", present(customer.created_date && dayOf(customer.created_date))],
  ["Last changed", present(customer.last_updated && dayOf(customer.last_updated))],
];

const present = (value) => (value ? [value] : []);

const addressOf = (address) =>
  [address?.street, address?.post_code, address?.city].filter(Boolean).join(", ");

const named = (names, id) => names.find(([one]) => one === id)?.[1] ?? id;
const venueOf = (id) => named(venues, id);

function choiceOf({ id, opted_in: chosen, opt_in_date: since, opt_out_date: until }) {
  const date = chosen ? since : until;
  const when = date ? ` since ${dayOf(date)}` : "";
  return `${named(preferences, id)}: opted ${chosen ? "in" : "out"}${when}`;
}

const partyOf = (people) => `${people} ${people === 1 ? "person" : "people"}`;

const bookingOf = ({ date, venue_id: venue, num_people: people, status }) =>
  [
    date && dayOf(date),
    venue && venueOf(venue),
    people && partyOf(people),
    status?.replaceAll("_", " "),
  ]
    .filter(Boolean)
    .join(", ");

find(".buttons", dialog).addEventListener("click", (event) => {
  const { value } = event.target.closest("button") ?? {};
  if (value === undefined) return;
  dialog.close();
  actions[value]?.();
});
