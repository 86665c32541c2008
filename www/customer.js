// Texts about a customer. Any field may be missing.

/** The name, or the best replacement for it. */
export const nameOf = (customer) =>
  [customer.first_name, customer.last_name].filter(Boolean).join(" ") ||
  customer.email ||
  customer.company ||
  customer.phone ||
  "Customer without a name";

/** The length of a name that fits into a sentence, in characters. */
const BRIEF = 40;

/** The name for a sentence, shortened so that the rest of the sentence stays visible. */
export function briefNameOf(customer) {
  const characters = Array.from(nameOf(customer));
  return characters.length > BRIEF
    ? `${characters.slice(0, BRIEF).join("")}…`
    : characters.join("");
}

const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" });

/** The day of a date or a date-time, for reading. Neither names a zone, so none is applied. */
export function dayOf(date) {
  const instant = new Date(`${date.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(instant.getTime()) ? date : day.format(instant);
}

/** The day and the time of a date-time, for reading. */
export const momentOf = (date) => {
  const [, time] = /^\d{4}-\d{2}-\d{2}[ T](\d{2}:\d{2})/.exec(date) ?? [];
  return time ? `${dayOf(date)}, ${time}` : dayOf(date);
};
