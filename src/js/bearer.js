// The check of a bearer token.

/** Whether a header can carry a token: visible ASCII, and some of it. */
export const isToken = (token) => typeof token === "string" && /^[!-~]+$/.test(token);

export const BAD_TOKEN = "token must be visible ASCII characters: check for a line end or blanks";
