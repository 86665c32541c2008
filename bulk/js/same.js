// Compares a customer of the service with a row.

import { isObject } from "../../src/js/own.js";

/** The key of an address. They are compared without case, as in the service's filter. */
export const keyOf = (email) => (email ? email.trim().toLowerCase() : undefined);

/** The text of a value. The service may trim values, and return empty ones as null or not at all. */
const textOf = (value) => String(value ?? "").trim();

const isSameText = (sent, found) => textOf(sent) === textOf(found);

/** The items of a list. PHP writes a list with gaps as an object. */
const itemsOf = (list) => (typeof list === "object" && list !== null ? Object.values(list) : []);

/** Returns whether a list has all items. Their order does not matter. */
const hasItems = (sent, found) => {
  const items = new Set(itemsOf(found).map(textOf));
  return itemsOf(sent).every((item) => items.has(textOf(item)));
};

const isSameList = (sent, found) => hasItems(sent, found) && hasItems(found, sent);

/**
 * The ids that were opted in to. Preferences are sent as a map, or as a list of ids to opt in to; they are returned as a
 * list of objects, in which PHP may have written a number for an id, and 1 for true.
 */
const optedIn = (found) =>
  new Set(
    itemsOf(found)
      .filter((preference) => ["true", "1"].includes(textOf(preference?.opted_in)))
      .map(({ id }) => textOf(id)),
  );

/** The comparison for each field; all others are texts. */
const BY_FIELD = {
  email: (sent, found) => keyOf(sent) === keyOf(textOf(found)),
  associated_venues: isSameList,
  labels: isSameList,
  company_address: (sent, found) =>
    Object.entries(sent).every(([part, text]) => isSameText(text, found?.[part])),
  marketing_preferences: (sent, found) => {
    const known = optedIn(found);
    return Object.entries(sent).every(([id, isIn]) => known.has(id) === isIn);
  },
  marketing_preference_ids: (sent, found) => {
    const known = optedIn(found);
    return sent.every((id) => known.has(id));
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
