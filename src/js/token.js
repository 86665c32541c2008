// The bearer token: what one may be, and that of an attempt.

import { ABORTED, TIMEOUT, within } from "./deadline.js";
import { configurationError, TimeoutError } from "./errors.js";

/** The token, if a header can carry it: visible ASCII, and some of it. */
export const checkToken = (token) => {
  if (token !== undefined && !(typeof token === "string" && /^[!-~]+$/.test(token)))
    throw configurationError(
      "token must be visible ASCII characters: check for a line end or blanks",
    );
  return token;
};

/** The token of one attempt, in the time that it has; undefined where a proxy holds it. */
export const tokenOf = async ({ token, signal }, milliseconds) => {
  if (typeof token !== "function") return token;
  let given;
  try {
    // Nothing is no token, and refused as the empty one is.
    given = await within(milliseconds, signal, async () => (await token()) ?? "");
  } catch ({ how, cause }) {
    if (how === ABORTED) throw cause;
    if (how === TIMEOUT)
      throw new TimeoutError("The token function gave no token in time", {
        mayHaveSucceeded: false,
      });
    throw configurationError("The token function failed: see cause, or originalCause(error)", {
      __proto__: null,
      cause,
    });
  }
  return checkToken(given);
};
