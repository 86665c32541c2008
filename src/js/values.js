// Values on their way to JSON: copies, and what JSON would drop or change without a word.

import { toUpdate } from "./changes.js";

// What a value is checked as, by the numbers in core.rs.
export const OF_CREATE = 0;
export const OF_UPDATE = 1;
export const OF_LIST = 2;
export const OF_ID = 3;

/** A copy of what may be a list. */
export const copy = (value) => (Array.isArray(value) ? [...value] : value);

/** A copy of filters in their plain form, lists included. */
export const copyOf = (values) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, copy(value)]));

/** Begins a text that stands for a value that JSON has no form for, and names its type. */
export const FOREIGN = "\0\0";

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
    : `a ${tag.replace(/\W/g, "")}`;
};

/** The plain form of a filter, or of another object that has one; the builder's own is not to be changed. */
export const plain = (value) =>
  typeof value?.toJSON === "function" && !foreign(value) ? value.toJSON() : value;

/** What `JSON.stringify` takes to put names of types in the place of foreign values, and texts of plain dates. */
export function replace(key, value) {
  const name = foreign(this[key]);
  return name ? FOREIGN + name : print.call(this, key, value);
}

/** The text of an object that prints as a plain date; other values as they are. */
export const dateText = (value) => {
  if (typeof value === "object" && value !== null && typeof value.toString === "function") {
    const printed = String(value);
    if (PLAIN_DATE.test(printed)) return printed;
  }
  return value;
};

function print(key, value) {
  const raw = this[key];
  const printed = typeof raw?.toJSON === "function" ? raw : dateText(raw);
  return printed === raw ? value : printed;
}

/** The JSON text of a value; "" where there is none (a cycle, a getter that throws). */
export const toText = (value) => {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return "";
  }
};

/** The same of a value that the service is to judge, plain dates written out. */
export const toUncheckedText = (value, subject, extra) => {
  try {
    const merged = extra ? { ...(typeof value === "object" && value), ...extra } : value;
    return JSON.stringify(subject === OF_UPDATE ? toUpdate(merged) : merged, print) ?? "";
  } catch {
    return "";
  }
};
