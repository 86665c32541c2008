// The bearer token of an attempt.

import { BAD_TOKEN, isToken } from "./bearer.js";
import { LATE } from "./contract.js";
import { Stopped, within } from "./deadline.js";
import { ConfigurationError, TimeoutError } from "./errors.js";

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
  if (!isToken(given)) throw new ConfigurationError(BAD_TOKEN, shown);
  return given;
};
