// What a bearer token may be.

import { ConfigurationError } from "./base-error.js";

/** The token, if a header can carry it: visible ASCII, and some of it. */
export const checkToken = (token, shown = {}) => {
  if (token !== undefined && !(typeof token === "string" && /^[!-~]+$/.test(token)))
    throw new ConfigurationError(
      "token must be visible ASCII characters: check for a line end or blanks",
      shown,
    );
  return token;
};
