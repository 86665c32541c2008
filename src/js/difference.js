// The difference between a customer that was read and its edited copy: the update that is sent.

import { KINDS } from "./changes.js";
import { COMPANY_ADDRESS } from "./contract.js";
import { isRecord } from "./own.js";
import { dateText } from "./values.js";

/** The kinds for which an empty string is not a value. */
const NEVER_EMPTY = ["email", "date", "dateTime"];

/** The list of preferences that reading returns, as a map; other values as they are. */
const toMap = (preferences) =>
  Array.isArray(preferences) &&
  preferences.every(
    (preference) => typeof preference?.id === "string" && typeof preference.opted_in === "boolean",
  )
    ? Object.fromEntries(preferences.map(({ id, opted_in }) => [id, opted_in]))
    : preferences;

/**
 * Returns whether a value is empty: PHP writes an empty map as a list, and a form sends an empty string for nothing.
 */
const isNothing = (value) =>
  value === undefined ||
  value === null ||
  value === "" ||
  (typeof value === "object" && Object.values(value).every(isNothing));

/** Returns whether two values of JSON are the same but for the order of names. */
const isSameJson = (a, b) => {
  if (isNothing(a) && isNothing(b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || !a || !b) return a === b;
  if (Array.isArray(a) !== Array.isArray(b) || (Array.isArray(a) && a.length !== b.length))
    return false;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((name) =>
    isSameJson(a[name], b[name]),
  );
};

/** A replacer with which `JSON.stringify` fails instead of dropping or changing a value silently. */
function strictly(key, value) {
  const raw = this[key];
  const tag = Object.prototype.toString.call(raw).slice(8, -1);
  const isKept =
    ["Object", "Array", "String", "Boolean", "Null", "Undefined"].includes(tag) ||
    (tag === "Number" ? Number.isFinite(value) : tag !== "Date" && value !== raw);
  if (!isKept || typeof value === "function") throw new TypeError();
  return value;
}

/** A value as JSON, or NaN if JSON has no form for it: NaN equals no other value. */
const jsonOf = (value) => {
  try {
    return JSON.parse(JSON.stringify(dateText(value), strictly) ?? "null");
  } catch {
    return Number.NaN;
  }
};

/** Returns whether two values are the same to the service. */
const same = (a, b) => isSameJson(jsonOf(a), jsonOf(b));

const hasJson = (value) => !Number.isNaN(jsonOf(value));

/** The new value of a field; undefined if nothing is to be sent. */
const changeOf = (kind, before, after) => {
  if (after === undefined || same(before, after)) return undefined;
  if (after === "" && NEVER_EMPTY.includes(kind)) return null;
  if (kind !== "preferences" || !isRecord(after)) return after;
  // Of a map, only the changes. A list is sent as it is: what happens to entries that it lacks is not documented.
  const was = Object(toMap(before));
  const changed = Object.entries(after).filter(([id, optedIn]) => was[id] !== optedIn);
  return changed.length ? Object.fromEntries(changed) : undefined;
};

export const changes = (before, after) => {
  const names = new Set([...KINDS.keys(), ...Object.keys(after)]);
  names.delete("id"); // it identifies the customer
  return Object.fromEntries(
    [...names]
      .map((name) => [name, changeOf(KINDS.get(name), before[name], after[name])])
      .filter(([, value]) => value !== undefined),
  );
};

/** A valid item for a list of a kind. */
const validItem = (kind) => (kind === "preferences" ? { id: "a", opted_in: true } : "a");

/** The part of a new value that the service did not have already. */
const newPart = (name, before, after) => {
  const kind = KINDS.get(name);
  if (kind === "address" && isRecord(after)) {
    const parts = new Map(COMPANY_ADDRESS);
    const was = Object(before);
    return Object.fromEntries(
      Object.entries(after).filter(([part, value]) =>
        parts.has(part) || !hasJson(value) ? !same(was[part], value) : !Object.hasOwn(was, part),
      ),
    );
  }
  if (!Array.isArray(after)) return after;
  // Lists may be long, so the JSON of each item is made once.
  const known = Object.values(Object(before)).map(jsonOf);
  return after.map((item) => {
    const json = jsonOf(item);
    return known.some((was) => isSameJson(was, json)) ? validItem(kind) : item;
  });
};

/**
 * The update between a customer that was read and its edited copy, and the part of it that is checked: values that the
 * service has already are not refused, whatever the documentation says about them.
 */
export const difference = (customer, edited) => {
  if (!isRecord(edited)) return { update: edited, judged: edited };
  const update = changes(customer, edited);
  const judged = Object.entries(update).filter(
    ([name, value]) => KINDS.has(name) || !Object.hasOwn(customer, name) || !hasJson(value),
  );
  return {
    update,
    judged: Object.fromEntries(
      judged.map(([name, value]) => [name, newPart(name, customer[name], value)]),
    ),
  };
};
