// From a JavaScript value to the JSON text that is checked and sent.

import { toUpdate } from "./changes.js";

// What a text is checked as, by the numbers in core.rs.
export const OF_CREATE = 0;
export const OF_UPDATE = 1;
export const OF_LIST = 2;
export const OF_ID = 3;

/** A copy of what may be a list. */
export const copy = (value) => (Array.isArray(value) ? [...value] : value);

/** A copy of filters in their plain form, lists included. */
export const copyOf = (values) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, copy(value)]));

/** The plain form of a filter or of a plain object; the builder's own is not to be changed. */
export const plain = (filter) => (typeof filter?.toJSON === "function" ? filter.toJSON() : filter);

/** Begins a text that stands for a value that JSON has no form for: see `FOREIGN` in validate.rs. */
const FOREIGN = "\0\0";

/** `YYYY-MM-DD`, as a `Temporal.PlainDate` prints itself. */
const PLAIN_DATE = /^\d{4}-\d\d-\d\d$/;

/** Names what `JSON.stringify` would drop or change without a word; "" for everything else. */
const foreign = (value) => {
  const type = typeof value;
  if (type === "number") return Number.isFinite(value) ? "" : String(value);
  if (type === "function" || type === "symbol" || type === "bigint") return `a ${type}`;
  if (type !== "object" || value === null || Array.isArray(value)) return "";
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  // A Date has a `toJSON` too, and it shifts the day.
  return tag === "Object" || (tag !== "Date" && typeof value.toJSON === "function")
    ? ""
    : `a ${tag}`;
};

/** Whether a value holds anything foreign, or an object that has its own way to print. */
const isSpecial = (value, depth) => {
  if (typeof value === "string" || typeof value === "boolean") return false;
  if (typeof value !== "object") return foreign(value) !== "";
  // Documented values are two levels deep; a cycle must end.
  if (value === null || depth > 4) return false;
  if (Array.isArray(value)) return value.some((item) => isSpecial(item, depth + 1));
  // Most objects are plain, and need no longer look.
  if (Object.getPrototypeOf(value) !== Object.prototype && foreign(value)) return true;
  if (value.toString !== Object.prototype.toString) return true;
  for (const key in value) if (isSpecial(value[key], depth + 1)) return true;
  return false;
};

function replace(key, value) {
  const name = foreign(this[key]);
  return name ? FOREIGN + name : print.call(this, key, value);
}

function print(key, value) {
  const raw = this[key];
  if (
    typeof raw === "object" &&
    raw !== null &&
    typeof raw.toJSON !== "function" &&
    typeof raw.toString === "function"
  ) {
    const printed = String(raw);
    if (PLAIN_DATE.test(printed)) return printed;
  }
  return value;
}

/** The JSON text of a value that the service is to judge, plain dates written out; "" where there is none. */
export const toUncheckedText = (value, subject, extra) => {
  try {
    const merged = extra ? { ...(typeof value === "object" && value), ...extra } : value;
    return JSON.stringify(subject === OF_UPDATE ? toUpdate(merged) : merged, print) ?? "";
  } catch {
    return "";
  }
};

/**
 * The JSON text of a value that is checked. Where names of types stand in for foreign values it begins with a space;
 * it is empty where there is no text at all (a cycle, a getter that throws).
 */
export const toText = (value, subject) => {
  try {
    if (subject === OF_UPDATE) value = toUpdate(value);
    if (value === undefined) return ` "\\u0000\\u0000undefined"`;
    const plain = typeof value?.toJSON === "function" && !foreign(value) ? value.toJSON() : value;
    return isSpecial(plain, 0) ? ` ${JSON.stringify(plain, replace)}` : JSON.stringify(plain);
  } catch {
    return "";
  }
};
