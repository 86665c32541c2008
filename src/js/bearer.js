// The check of a bearer token.

/** Returns whether a header can contain a token: visible ASCII, at least one character. */
export const isToken = (token) => typeof token === "string" && /^[!-~]+$/.test(token);

export const BAD_TOKEN = "token must be visible ASCII characters: check for a line end or blanks";
