// The parts of an answer for the core and for the caller.

import {
  DELETE,
  GET,
  HEADERS,
  LIST,
  operations,
  QUOTA_LIMIT,
  QUOTA_REMAINING,
  QUOTA_RESET_AT,
} from "./contract.js";
import { isObject } from "./own.js";

/**
 * The headers of an answer for the core, one per line; all empty if there is no answer. The response may come from the
 * user's own `fetch`: if its `get` throws or returns anything but a string, the header counts as missing.
 */
export const linesOf = (response) =>
  HEADERS.map((name) => {
    try {
      const value = response.headers.get(name);
      return typeof value === "string" ? value : "";
    } catch {
      return "";
    }
  }).join("\n");

/** An instant, or null if the core has none. */
export const toDate = (instant) => (Number.isNaN(instant) ? null : new Date(instant));

/** The quota in the last answer of a call, or null if the core has none. */
export const toRateLimit = (call) =>
  Number.isNaN(call[QUOTA_LIMIT])
    ? null
    : {
        limit: call[QUOTA_LIMIT],
        remaining: call[QUOTA_REMAINING],
        resetAt: toDate(call[QUOTA_RESET_AT]),
      };

/** A field of a JSON text; undefined if there is none. */
const field = (text, name) => {
  try {
    const value = JSON.parse(text);
    return Object.hasOwn(value, name) ? value[name] : undefined;
  } catch {
    return undefined;
  }
};

/** The bodies that count as empty. */
const NOTHING = /^\s*(null|\{\s*\}|\[\s*\])?\s*$/;

/**
 * Returns whether a request ended with a success that contains what the operation returns: the customer, the customers,
 * or for a delete an empty body, but not a gateway's page or an error. Stores the content as `data`.
 */
export const readSuccess = (operation, ended) => {
  const { response, text } = ended;
  if (!response?.ok) return false;
  if (operation === DELETE) {
    const isEmpty = response.status === 204 || NOTHING.test(text);
    return isEmpty || isObject(field(text, operations[GET][2]));
  }
  const data = field(text, operations[operation][2]);
  ended.data = data;
  return operation === LIST ? Array.isArray(data) && data.every(isObject) : isObject(data);
};
