// What the page says of a customer. Any field of one may be missing.

/** The name, or what comes nearest to one. */
export const nameOf = (customer) =>
  [customer.first_name, customer.last_name].filter(Boolean).join(" ") ||
  customer.email ||
  customer.company ||
  customer.phone ||
  "Customer without a name";

const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" });

/** The day of a date or a date-time, for reading. Neither names a zone, so none is applied. */
export function dayOf(date) {
  const instant = new Date(`${date.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(instant.getTime()) ? date : day.format(instant);
}
