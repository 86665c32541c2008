// Filters in all the forms that users may pass: the builder's, a copy of one, a plain object.
//
// A filter has its values in own, enumerable properties, one for each parameter: every way to copy an object
// (a spread, `Object.assign`, `structuredClone`, immer, a store) copies them, and copies that are spread into one
// object merge. Their names are those of a query, `labels=`, because most wire names are also names of setters, which a
// property would hide.

import { FILTERS } from "./contract.js";
import { isObject } from "./own.js";
import { plain } from "./values.js";

const SUFFIX = "=";

/** The property of a filter for the value of a parameter. */
export const propertyOf = (name) => name + SUFFIX;

const nameOf = (key) => key.slice(0, -SUFFIX.length);

const PROPERTIES = new Set(FILTERS.map(([name]) => propertyOf(name)));

/** Returns whether all properties of a value are its own and filters in this form: a filter, or a copy of one. */
export const isMade = (value) => {
  if (!isObject(value)) return false;
  let count = 0;
  for (const key in value) {
    if (!PROPERTIES.has(key)) return false;
    count++;
  }
  return count > 0 && count === Object.keys(value).length;
};

/**
 * The values that an object has in such properties, by wire name. They may be inherited: `Object.create(filter)`
 * is a copy as well.
 */
export const carriedBy = (object) => {
  const values = { __proto__: null };
  for (const key in object)
    if (key.endsWith(SUFFIX) && !(key in Object.prototype)) values[nameOf(key)] = object[key];
  return values;
};

/** The filters by wire name, whatever form they are given in. A value that is not an object is returned as it is. */
export const filtersOf = (value) => {
  if (typeof value !== "object" || value === null) return value;
  const carried = isObject(value) ? carriedBy(value) : {};
  if (!Object.keys(carried).length) return plain(value);
  if (isMade(value)) return carried;
  // If a name exists in both forms, the later one wins, as in a spread.
  const filters = new Map(Object.entries(carried));
  for (const [key, filter] of Object.entries(value))
    filters.set(key.endsWith(SUFFIX) ? nameOf(key) : key, filter);
  return Object.fromEntries(filters);
};
