// One attempt: a request and its result.

import { readBody } from "./body.js";
import { wasNotSent } from "./cause.js";
import { ANSWERED, LOST, MAX_ERROR_BODY, NOT_A_RESPONSE, NOT_SENT } from "./contract.js";
import { Stopped, within } from "./deadline.js";
import { refuse } from "./errors.js";

/** Returns whether a value has the properties of a response: it may be of another realm or another library. */
const isResponse = (response) => {
  const { status, text, headers } = response ?? {};
  return (
    Number.isInteger(status) &&
    status >= 0 &&
    typeof text === "function" &&
    typeof headers?.get === "function"
  );
};

/**
 * The text of a success, undefined if it has more bytes than `limit`; or as much of an error's body as is needed. If
 * nothing of that can be read, the status is enough. A response that was read already is a mistake of the user's `fetch`
 * and no lost connection, unless its `text()` works nevertheless.
 */
const readText = async (response, limit, signal) => {
  const { ok, bodyUsed } = response;
  try {
    const { text, isWhole } = await readBody(response, ok ? limit : MAX_ERROR_BODY, signal, !ok);
    return isWhole || !ok ? text : undefined;
  } catch (cause) {
    if (ok) throw bodyUsed ? new Stopped(NOT_A_RESPONSE) : cause;
    return "";
  }
};

/** The `fetch` of a call: looked up once, before anything is sent. */
export const fetchOf = ({ fetch = globalThis.fetch }) => {
  if (typeof fetch !== "function") refuse("There is no global fetch here: set the option fetch");
  return fetch;
};

/** Sends a request, and resolves to the event that ended it, with the response and its text or with the cause. */
export const attempt = async (fetch, url, init, settings, milliseconds) => {
  const { signal: caller, maxResponseBytes } = settings;
  try {
    return await within(milliseconds, caller, async (signal) => {
      // Called unbound; `manual`, because a redirect would take the token to another host.
      const response = await fetch(url, { __proto__: null, ...init, signal, redirect: "manual" });
      if (!isResponse(response)) throw new Stopped(NOT_A_RESPONSE);
      const text = await readText(response, maxResponseBytes, signal);
      return { event: ANSWERED, response, text };
    });
  } catch (stopped) {
    if (!(stopped instanceof Stopped)) throw stopped;
    const { event, cause } = stopped;
    return { event: event === LOST && wasNotSent(cause) ? NOT_SENT : event, cause, milliseconds };
  }
};
