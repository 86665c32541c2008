// Kinds of objects, and the rule for options: they are read from own properties only and kept without a prototype, so
// that a property that a script adds to all objects is never an option.

/** Returns whether a value is an object, but not a list. */
export const isObject = (value) =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Returns whether a value is an object, but not a list, a date or the like. */
export const isRecord = (value) => Object.prototype.toString.call(value) === "[object Object]";

/** Returns whether an object is only its own properties: an object of a class may contain more than they show. */
export const isPlain = (value) => {
  if (!isObject(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

/**
 * Returns whether options can be read from a value. They cannot from an object of a class without own properties, such
 * as a signal: its content would be dropped.
 */
export const hasOptions = (value) =>
  isPlain(value) || (isObject(value) && Object.keys(value).length > 0);
