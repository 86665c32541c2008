// Compares a customer of the service with a row.

import { isObject } from "../../src/js/own.js";

/** The key of an address. They are compared without case, as in the service's filter. */
export const keyOf = (email) => (email ? email.trim().toLowerCase() : undefined);

/** The text of a value. The service may trim values, and return empty ones as null or not at all. */
const textOf = (value) => String(value ?? "").trim();

const isSameText = (sent, found) => textOf(sent) === textOf(found);

/** Returns whether a list has all items. Their order does not matter. */
const hasItems = (sent, found) => {
  const items = new Set(Array.isArray(found) ? found.map(textOf) : []);
  return sent.every((item) => items.has(textOf(item)));
};

const isSameList = (sent, found) => hasItems(sent, found) && hasItems(found ?? [], sent);

/** Preferences are sent as a map, or as a list of ids to opt in to; they are returned as a list of objects. */
const optedIn = (found) =>
  new Map(Array.isArray(found) ? found.map(({ id, opted_in }) => [id, opted_in]) : []);

/** The comparison for each field; all others are texts. */
const BY_FIELD = {
  email: (sent, found) => keyOf(sent) === keyOf(textOf(found)),
  associated_venues: isSameList,
  labels: isSameList,
  company_address: (sent, found) =>
    Object.entries(sent).every(([part, text]) => isSameText(text, found?.[part])),
  marketing_preferences: (sent, found) => {
    const known = optedIn(found);
    return Object.entries(sent).every(([id, isIn]) => (known.get(id) ?? false) === isIn);
  },
  marketing_preference_ids: (sent, found) => {
    const known = optedIn(found);
    return sent.every((id) => known.get(id) === true);
  },
};

/** The field of a customer that is read, for fields that are sent with another name. */
const READ_AS = { marketing_preference_ids: "marketing_preferences" };

const isSameField = (name, sent, customer) => {
  const isSame = BY_FIELD[name] ?? isSameText;
  return isSame(sent, customer[READ_AS[name] ?? name]);
};

/** Returns whether a customer has every field as it was sent. */
export const isSame = (sent, customer) =>
  Object.entries(sent).every(([name, value]) => isSameField(name, value, customer));

/** The update that gives a customer every field of a row; undefined if it has them all. */
export const updateFor = (row, customer) => {
  const changed = Object.entries(row).filter(
    ([name, value]) => !isSameField(name, value, customer),
  );
  if (!changed.length) return undefined;
  return Object.fromEntries(
    // It is not documented that the service keeps parts of an address that are not sent.
    changed.map(([name, value]) => [
      name,
      name === "company_address" && isObject(customer[name])
        ? { ...customer[name], ...value }
        : value,
    ]),
  );
};
