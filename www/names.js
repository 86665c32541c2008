// The names of filters, fields and orders for people. Wire names are for programs.

/** Each filter's name, in the documentation's order. */
export const filterNames = {
  associated_venues: "Venue",
  booking_date: "Booked on",
  booking_date_from: "Booked from",
  booking_date_to: "Booked until",
  created_date: "Created on",
  created_date_from: "Created from",
  created_date_to: "Created until",
  dob_month: "Birthday in",
  email: "Email",
  full_name: "Name",
  labels: "Label",
  last_updated: "Changed on",
  last_updated_from: "Changed from",
  last_updated_to: "Changed until",
  opted_in: "Opted in to",
  opted_in_date: "Opted in on",
  opted_in_date_from: "Opted in from",
  opted_in_date_to: "Opted in until",
  opted_out: "Opted out of",
  opted_out_date: "Opted out on",
  opted_out_date_from: "Opted out from",
  opted_out_date_to: "Opted out until",
  query: "Search",
  limit: "Customers per page",
  sort: "Order",
  page: "Page",
};

/** A customer's fields that a list can be sorted by, and that issues may be about. */
export const fieldNames = {
  first_name: "First name",
  last_name: "Last name",
  email: "Email",
  phone: "Phone",
  company: "Company",
  "company_address.street": "Street",
  "company_address.post_code": "Post code",
  "company_address.city": "City",
  dob: "Birthday",
  custom_field_value: "The venue’s own field",
  labels: "Labels",
  associated_venues: "Venues",
  marketing_preferences: "Marketing",
  notes: "Notes",
  created_date: "Created",
  last_updated: "Changed",
};

/** The name of a field. An unknown one is made from its wire name. */
const nameOfField = (field) => fieldNames[field] ?? field.replaceAll(/[_.]/g, " ");

/** An order's name, such as "Last name, First name" or "Email, descending". */
export const nameOfOrder = (sort) =>
  sort
    .split(",")
    .map((field) =>
      field.startsWith("-") ? `${nameOfField(field.slice(1))}, descending` : nameOfField(field),
    )
    .join(", ");

/** The name of the field that an issue's path leads to. */
export const nameOfPath = (path, names) =>
  names[path.join(".")] ?? names[path[0]] ?? path.join(" ").replaceAll("_", " ");
