// Answers: the parts of the service's answer that the caller gets, and the headers of every answer.

import { HEADERS } from "../../src/js/contract.js";
import { looksLikeJson, readBytes, readerOf } from "./body.js";
import { bodyOf, Refusal } from "./refusal.js";

const JSON_TYPE = "application/json";

/** The headers that a page may read in addition to the ones that it always may. */
const EXPOSED = HEADERS.join(", ");

/** The headers that a page may send: those of the client, whatever the preflight asks for. */
const ACCEPTED = "Authorization, Content-Type, Idempotency-Key, Traceparent";

/** The names in a `Connection` header, if there is one: these headers are only for the next hop. */
export const hopsIn = (connection) =>
  connection === null ? [] : connection.toLowerCase().split(/[\s,]+/);

/**
 * The headers of every answer to a request of this origin. They stay a plain object: in workerd each operation on a
 * `Headers` costs more than this whole function, and so does a list of pairs.
 */
export const common = (origin, { origins }) => {
  const headers = {
    "Cache-Control": "no-store",
    Vary: "Origin",
    "X-Content-Type-Options": "nosniff",
  };
  if (origin !== null && origins.includes(origin)) {
    headers[ALLOWED] = origin;
    // An origin on the list may act as the user who is signed in.
    headers["Access-Control-Allow-Credentials"] = "true";
    headers["Access-Control-Expose-Headers"] = EXPOSED;
  }
  return headers;
};

/** The header that an origin on the list gets. */
export const ALLOWED = "Access-Control-Allow-Origin";

/** Sets the headers that tell a browser what a page may do at a path. */
export const allowMethods = (methods, headers) => {
  headers["Access-Control-Allow-Methods"] = methods;
  headers["Access-Control-Allow-Headers"] = ACCEPTED;
  headers["Access-Control-Max-Age"] = "7200";
};

/** The headers of authorize's response that are added to ours. They never replace ours. */
export const headersBeside = (ours, theirs) => {
  const taken = Object.keys(ours).map((name) => name.toLowerCase());
  return [...theirs].filter(([name]) => name === "vary" || !taken.includes(name));
};

/** The characters of numbers, instants and dates. */
const FIGURE = /^[\w ,:.+-]{1,64}$/;

const KNOWN = new Map(HEADERS.map((name) => [name.toLowerCase(), name]));

/** Adds the known headers of the service, and no others, to those of every answer. */
export const copyHeaders = (from, to) => {
  let named = null;
  from.forEach((value, name) => {
    if (name === "connection") named = value;
    const known = KNOWN.get(name);
    if (known && FIGURE.test(value)) to[known] = value;
  });
  for (const hop of hopsIn(named)) delete to[KNOWN.get(hop)];
};

/**
 * Replaces the credential's figures of the quota with a tenant's own. If the service itself turned the request away,
 * only the service knows for how long: its limit may not be the hourly one.
 */
export const showFigures = ({ limit, remaining, resetIn }, headers, isTurnedAway) => {
  headers["X-RateLimit-Limit"] = `${limit}`;
  headers["X-RateLimit-Remaining"] = `${remaining}`;
  if (!isTurnedAway) headers["X-RateLimit-Reset"] = new Date(Date.now() + resetIn).toISOString();
};

/** Cancels the body of an answer that is not used. */
const discard = (response) => void response.body?.cancel().catch(() => {});

/** Refuses to pass on an answer. */
const refuse = (response) => {
  discard(response);
  throw new Refusal(502, "upstream");
};

/**
 * Refuses an answer that must not be passed on: a redirect, because neither a token nor a page must be sent elsewhere;
 * an invalid status; and a 401 or 403, which are about our token, not about the caller.
 */
export const requirePassable = (response) => {
  const { status, type } = response;
  const isPassable =
    type !== "opaqueredirect" && status >= 200 && status <= 599 && (status < 300 || status >= 400);
  if (!isPassable || status === 401 || status === 403) refuse(response);
};

/**
 * The body and the status of an answer that is passed on, or a promise of both if the body must be read first. A body
 * that is not JSON, such as the page of a gateway, is replaced by the body for its status; in a success it is refused.
 */
export const passOn = (response, isDelete) => {
  const { status, body } = response;
  if (status === 204 || status === 205) {
    discard(response);
    return { status, body: null };
  }
  if (looksLikeJson(response.headers)) return { status, body };
  if (status >= 400) {
    discard(response);
    return { status, body: bodyOf(status) };
  }
  return isDelete ? passEmpty(response) : refuse(response);
};

/** The answer to a delete, which must have no body. */
const passEmpty = async (response) => {
  const bytes = await readBytes(readerOf(response.body), 0);
  return bytes?.byteLength === 0 ? { status: 204, body: null } : refuse(response);
};

/** The size of the largest answer that is read as a whole: far more than a page of 30 customers. */
const MAX_ANSWER = 4 << 20;

/** Reads the bytes of an answer that the proxy itself needs. */
export const readAnswer = async ({ body }) => {
  let bytes;
  try {
    bytes = await readBytes(readerOf(body), MAX_ANSWER);
  } catch {
    // It was cut off, and is refused like one that is too long.
  }
  if (bytes === undefined) throw new Refusal(502, "upstream");
  return bytes;
};

/** Declares a body as JSON. The proxy has checked that it is. */
export const asJson = (headers) => {
  headers["Content-Type"] = JSON_TYPE;
};
