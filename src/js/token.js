// The bearer token of an attempt.

import { BAD_TOKEN, isToken } from "./bearer.js";
import { LATE } from "./contract.js";
import { Stopped, within } from "./deadline.js";
import { ConfigurationError, TimeoutError } from "./errors.js";

/**
 * The token of one attempt from the user's function, within its time limit. `shown` is the part of an error about the
 * requests before this attempt, one of which may have succeeded.
 */
export const tokenOf = async ({ token, signal }, milliseconds, shown) => {
  let given;
  try {
    // `undefined` and `null` are refused like the empty string.
    given = await within(milliseconds, signal, async () => (await token()) ?? "");
  } catch (stopped) {
    if (!(stopped instanceof Stopped)) throw stopped;
    const { event, cause } = stopped;
    if (event === LATE) throw new TimeoutError("The token function did not return in time", shown);
    throw new ConfigurationError(
      "The token function failed: see cause, or originalCause(error)",
      shown,
      { __proto__: null, cause },
    );
  }
  if (!isToken(given)) throw new ConfigurationError(BAD_TOKEN, shown);
  return given;
};
