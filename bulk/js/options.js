// Reads options, for all functions.

import { hasOptions } from "../../src/js/own.js";

/**
 * Returns the given options in an object without a prototype; `undefined` counts as absent. Names that are not in
 * `names` are refused.
 */
export const known = (object, what, names) => {
  const options = { __proto__: null };
  if (object === undefined) return options;
  if (!hasOptions(object)) throw new TypeError(`${what} must be a plain object`);
  for (const [name, value] of Object.entries(object)) {
    if (!names.includes(name))
      throw new TypeError(`${what}: unknown name "${name}". The names are ${names.join(", ")}`);
    if (value !== undefined) options[name] = value;
  }
  return options;
};

const isFunction = (value) => typeof value === "function";

/**
 * Returns a function that calls the callback. What that throws ends the work. If it returns a promise, nobody waits for
 * it, because in a hidden page it may never settle, and its rejection is ignored.
 */
export const readCallback = (callback) => {
  if (callback === undefined) return undefined;
  if (!isFunction(callback)) throw new TypeError("onProgress must be a function");
  return (progress) => void Promise.resolve(callback(progress)).catch(() => {});
};

export const readApi = (api, operations) => {
  if (!operations.every((name) => isFunction(api?.[name])))
    throw new TypeError("api must be a CustomersApi");
};

export const readSignal = (signal) => {
  if (
    signal !== undefined &&
    !(isFunction(signal?.addEventListener) && isFunction(signal.throwIfAborted))
  )
    throw new TypeError("signal must be an AbortSignal");
  return signal;
};
