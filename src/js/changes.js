// An update as it is written; difference.js finds what was edited of a customer.

import { READ_ONLY } from "./contract.js";

/** Returns whether a value is an object, and not a list, a date or the like. */
export const isRecord = (value) => Object.prototype.toString.call(value) === "[object Object]";

/** Returns whether a value is an object, and not a list. */
export const isObject = (value) =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** An update as it is written: a customer that was read may be given as it is, its read-only fields are left out. */
export const toUpdate = (value) => {
  if (!isRecord(value) || !READ_ONLY.some((name) => name in value)) return value;
  const update = { ...value };
  for (const name of READ_ONLY) delete update[name];
  return update;
};
