// The bearer token: what one may be, and that of an attempt.

import { LATE } from "./contract.js";
import { Stopped, within } from "./deadline.js";
import { ConfigurationError, TimeoutError } from "./errors.js";

/** The token, if a header can carry it: visible ASCII, and some of it. */
export const checkToken = (token, shown = {}) => {
  if (token !== undefined && !(typeof token === "string" && /^[!-~]+$/.test(token)))
    throw new ConfigurationError(
      "token must be visible ASCII characters: check for a line end or blanks",
      shown,
    );
  return token;
};

/**
 * The token of one attempt, in the time that it has; undefined if a proxy holds it. `shown` is what an error says of
 * the requests before this attempt, one of which may have succeeded.
 */
export const tokenOf = async ({ token, signal }, milliseconds, shown) => {
  if (typeof token !== "function") return token;
  let given;
  try {
    // Nothing is not a token, and is refused like the empty one.
    given = await within(milliseconds, signal, async () => (await token()) ?? "");
  } catch (stopped) {
    if (!(stopped instanceof Stopped)) throw stopped;
    const { event, cause } = stopped;
    if (event === LATE) throw new TimeoutError("The token function gave no token in time", shown);
    throw new ConfigurationError(
      "The token function failed: see cause, or originalCause(error)",
      shown,
      { __proto__: null, cause },
    );
  }
  return checkToken(given, shown);
};
