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
 * The headers of an answer for the core, one a line; none if there is no answer. They may come from a `fetch` of the user's: what their
 * `get` throws, or returns instead of text, is no header.
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

/** An instant, or null where the core knows none. */
export const toDate = (instant) => (Number.isNaN(instant) ? null : new Date(instant));

/** The quota that a call met last, or null where the core knows none. */
export const toRateLimit = (call) =>
  Number.isNaN(call[QUOTA_LIMIT])
    ? null
    : {
        limit: call[QUOTA_LIMIT],
        remaining: call[QUOTA_REMAINING],
        resetAt: toDate(call[QUOTA_RESET_AT]),
      };

/** The field of a text of JSON; undefined where there is none. */
const field = (text, name) => {
  try {
    const value = JSON.parse(text);
    return Object.hasOwn(value, name) ? value[name] : undefined;
  } catch {
    return undefined;
  }
};

/** Nothing, or what JSON has for it. */
const NOTHING = /^\s*(null|\{\s*\}|\[\s*\])?\s*$/;

/**
 * Whether a request ended with a success that holds what the operation returns: the customer, the customers, or for a
 * delete nothing, for which a gateway's page or an error must not pass. Notes what it holds as `data`.
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
