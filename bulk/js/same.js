// Compares a customer of the service with a row.

import { isObject } from "../../src/js/own.js";

/** Addresses are compared without their case, as the service's filter does. */
export const keyOf = (email) => (email ? email.trim().toLowerCase() : undefined);

/** The service may trim what it is sent, and what it does not have it may return as null or not at all. */
const textOf = (value) => String(value ?? "").trim();

const isSameText = (sent, found) => textOf(sent) === textOf(found);

/** A list has no order that anybody relies on. */
const hasItems = (sent, found) => {
  const items = new Set(Array.isArray(found) ? found.map(textOf) : []);
  return sent.every((item) => items.has(textOf(item)));
};

const isSameList = (sent, found) => hasItems(sent, found) && hasItems(found ?? [], sent);

/** Preferences are sent as a map, or as a list of those to opt in to; and come back as a list of objects. */
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

/** The field in which a customer that is read has what is sent as another one. */
const READ_AS = { marketing_preference_ids: "marketing_preferences" };

const isSameField = (name, sent, customer) => {
  const isSame = BY_FIELD[name] ?? isSameText;
  return isSame(sent, customer[READ_AS[name] ?? name]);
};

/** Whether a customer has every field as it was sent. */
export const isSame = (sent, customer) =>
  Object.entries(sent).every(([name, value]) => isSameField(name, value, customer));

/** The update that makes a customer have every field of a row; undefined if it has them. */
export const updateFor = (row, customer) => {
  const changed = Object.entries(row).filter(
    ([name, value]) => !isSameField(name, value, customer),
  );
  if (!changed.length) return undefined;
  return Object.fromEntries(
    // Whether the service keeps the parts of an address that are not sent is not documented.
    changed.map(([name, value]) => [
      name,
      name === "company_address" && isObject(customer[name])
        ? { ...customer[name], ...value }
        : value,
    ]),
  );
};
