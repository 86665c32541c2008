// Filters in all the forms that users hold them in: the builder's, a copy of one, a plain object.
//
// A filter carries its values in own, enumerable properties, one for each parameter: whatever copies an object
// (a spread, `Object.assign`, `structuredClone`, immer, a store) copies them with it, and copies that are spread
// into one object merge. The properties are called as a query begins a parameter, `labels=`, because most wire
// names are names of setters too, which a property would hide.

import { plain } from "./values.js";

const SUFFIX = "=";

/** The property of a filter that holds the value of a parameter. */
export const propertyOf = (name) => name + SUFFIX;

const nameOf = (key) => key.slice(0, -SUFFIX.length);

/**
 * The values that an object carries in such properties, by wire name. They may be inherited: `Object.create(filter)`
 * is a copy as well.
 */
export const carriedBy = (object) => {
  const values = { __proto__: null };
  for (const key in object)
    if (key.endsWith(SUFFIX) && !(key in Object.prototype)) values[nameOf(key)] = object[key];
  return values;
};

/** The filters by wire name, whatever form they are given in; a value that is no object as it is. */
export const filtersOf = (value) => {
  if (typeof value !== "object" || value === null) return value;
  const carried = Array.isArray(value) ? {} : carriedBy(value);
  const count = Object.keys(carried).length;
  if (!count) return plain(value);
  // A filter as it was made, which is what most are: nothing else is in it.
  const keys = Object.keys(value);
  if (keys.length === count && keys.every((key) => key.endsWith(SUFFIX))) return carried;
  // Of a name that is there in both forms, the later one wins, as in a spread.
  const filters = new Map(Object.entries(carried));
  for (const [key, filter] of Object.entries(value))
    filters.set(key.endsWith(SUFFIX) ? nameOf(key) : key, filter);
  return Object.fromEntries(filters);
};
