// Values on their way to JSON: plain dates, copies, and values that JSON has no form for.

import { toUpdate } from "./changes.js";
import { HALF_CHARACTER, MAX_BODY, MAX_DEPTH, NOT_JSON, TOO_LARGE } from "./contract.js";
import { IssueList, issueOf, numberPart } from "./issues.js";

// The kinds of value that are checked, by the numbers in core.rs.
export const OF_CREATE = 0;
export const OF_UPDATE = 1;
export const OF_LIST = 2;
export const OF_ID = 3;

/** A copy of a list; any other value as it is. */
export const copy = (value) => (Array.isArray(value) ? [...value] : value);

/** A copy of filters in their plain form, lists included. */
export const copyOf = (values) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, copy(value)]));

/** The language's name for the type of an object: "Object", "Map", "Date". */
export const tagOf = (value) => Object.prototype.toString.call(value).slice(8, -1);

/** The plain form of a filter, or of another object that has one. The builder's own must not be changed. */
export const plain = (value) =>
  typeof value?.toJSON === "function" && tagOf(value) !== "Date" ? value.toJSON("") : value;

/** `YYYY-MM-DD`, as a `Temporal.PlainDate` prints itself. */
const PLAIN_DATE = /^\d{4}-\d\d-\d\d$/;

/**
 * The text of a plain date: an object with a year, a month and a day that prints as one, such as a
 * `Temporal.PlainDate`. Any other value as it is.
 */
export const dateText = (value) => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const { year } = value;
  if (typeof year !== "number") return value;
  const { month, day, toString: print } = value;
  if (typeof month !== "number" || typeof day !== "number" || typeof print !== "function")
    return value;
  const printed = print.call(value);
  return typeof printed === "string" && PLAIN_DATE.test(printed) ? printed : value;
};

/** Returns whether a text contains half a surrogate pair. */
export const isBroken =
  typeof "".isWellFormed === "function"
    ? (text) => !text.isWellFormed()
    : (text) => /\p{Surrogate}/u.test(text);

/** The JSON text of a checked value with extra fields; "" if there is none. */
export const toText = (value, extra) => {
  try {
    const all = extra ? Object.assign(Object.create(null), value, extra) : value;
    return JSON.stringify(all, (_, inner) => dateText(inner)) ?? "";
  } catch {
    return "";
  }
};

/** The same for a value that only the service checks. */
export const toUncheckedText = (value, subject, extra) => {
  try {
    const given = plain(value);
    const merged = extra ? { ...(typeof given === "object" && given), ...extra } : given;
    return toText(subject === OF_UPDATE ? toUpdate(merged) : merged);
  } catch {
    return "";
  }
};

/** The issue of a body that is too large to be sent, if its text is. UTF-8 has at most three bytes for a unit of UTF-16. */
export const issuesOfSize = (text) =>
  text.length > MAX_BODY ||
  (text.length * 3 > MAX_BODY && new TextEncoder().encode(text).length > MAX_BODY)
    ? [issueOf([], TOO_LARGE, [numberPart(MAX_BODY)])]
    : [];

/** Lists values of undocumented fields that no server could read. */
const listBroken = (issues, value, path) => {
  if (typeof value === "string" && isBroken(value)) issues.add(path, HALF_CHARACTER);
  if (typeof value !== "object" || value === null) return;
  if (path.length >= MAX_DEPTH) throw value;
  const isList = Array.isArray(value);
  for (const [key, inner] of Object.entries(value)) {
    const there = [...path, isList ? Number(key) : key];
    if (isBroken(key)) issues.add(there, HALF_CHARACTER);
    listBroken(issues, inner, there);
  }
};

/** The issues of the text of a body with undocumented fields. */
export const issuesOfExtra = (text) => {
  const issues = new IssueList();
  try {
    listBroken(issues, JSON.parse(text), []);
  } catch {
    return [issueOf([], NOT_JSON)];
  }
  return [...issuesOfSize(text), ...issues.all()];
};
