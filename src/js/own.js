// Which objects options may be read from. They are read from properties of their own alone and kept without a
// prototype, so that what a script adds to that of all objects is never an option.

import { isObject } from "./changes.js";

/** Whether an object is no more than its own properties: one of a class may hold what these do not show. */
export const isPlain = (value) => {
  if (!isObject(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

/** Whether options can be read from a value. What an object of a class holds elsewhere, such as a signal, would be dropped. */
export const hasOptions = (value) =>
  isPlain(value) || (isObject(value) && Object.keys(value).length > 0);
