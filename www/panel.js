// The panel with everything about one customer.

import { dayOf, momentOf, nameOf } from "./customer.js";
import { element, find, reasonOf, text } from "./dom.js";
import { preferenceOf, venueOf } from "./known.js";

const dialog = find("#panel");
const heading = find("h2", dialog);
const alert = find(".alert", dialog);

/** The open panel: the id of the customer, and the actions of the buttons. */
let open = null;

/**
 * Shows the customer of this id, which `read` returns. `edit`, `remove` and `close` are the actions of the buttons;
 * `close` goes back to the view from which the panel was opened, which closes it.
 */
export async function showPanel(id, read, actions) {
  if (open?.id === id) return;
  const mine = { id, ...actions };
  open = mine;
  alert.hidden = true;
  heading.textContent = "Loading…";
  find("dl", dialog).replaceChildren();
  setButtons(true);
  if (!dialog.open) dialog.showModal();
  heading.focus();
  try {
    const customer = await read();
    if (open === mine) fill(customer);
  } catch (error) {
    if (open !== mine) return;
    heading.textContent = "This customer cannot be shown";
    alert.textContent = reasonOf(error);
    alert.hidden = false;
  }
}

/** Closes the panel. Returns whether it was open. */
export function closePanel() {
  if (!open) return false;
  open = null;
  dialog.close();
  return true;
}

function fill(customer) {
  heading.replaceChildren(text(nameOf(customer)));
  const facts = factsOf(customer).filter(([, values]) => values.length > 0);
  find("dl", dialog).replaceChildren(
    ...facts.flatMap(([name, values]) => [
      element("dt", {}, name),
      ...values.map((value) => element("dd", {}, text(value))),
    ]),
  );
  setButtons(false);
  open.customer = customer;
}

/** Disables the buttons until the customer is loaded. */
function setButtons(disabled) {
  for (const name of ["edit", "remove"]) find(`[value=${name}]`, dialog).disabled = disabled;
}

const factsOf = (customer) => [
  ["First name", present(customer.first_name)],
  ["Last name", present(customer.last_name)],
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
  ["Last changed", present(customer.last_updated && momentOf(customer.last_updated))],
  ["Id", present(customer.id)],
];

const present = (value) => (value ? [value] : []);

const addressOf = (address) =>
  [address?.street, address?.post_code, address?.city].filter(Boolean).join(", ");

function choiceOf({ id, opted_in: chosen, opt_in_date: since, opt_out_date: until }) {
  const date = chosen ? since : until;
  const when = date ? ` since ${dayOf(date)}` : "";
  return `${preferenceOf(id)}: opted ${chosen ? "in" : "out"}${when}`;
}

const partyOf = (people) => `${people} ${people === 1 ? "person" : "people"}`;

const bookingOf = ({ date, venue_id: venue, num_people: people, status }) =>
  [
    date && momentOf(date),
    venue && venueOf(venue),
    people && partyOf(people),
    status?.replaceAll("_", " "),
  ]
    .filter(Boolean)
    .join(", ");

find(".buttons", dialog).addEventListener("click", (event) => {
  const { value } = event.target.closest("button") ?? {};
  if (value !== undefined) open[value](open.customer);
});

// A click beside the panel.
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) open.close();
});
dialog.addEventListener("cancel", (event) => {
  event.preventDefault();
  open.close();
});
// A browser closes a dialog without asking if Escape is pressed repeatedly.
dialog.addEventListener("close", () => {
  // By now it may be open again.
  if (!dialog.open) open?.close();
});
