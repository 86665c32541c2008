// Answers: what of the service's goes on to the caller, and what every answer carries.

import { HEADERS } from "../../src/js/contract.js";
import { looksLikeJson, readBytes, readerOf } from "./body.js";
import { bodyOf, Refusal } from "./refusal.js";

const JSON_TYPE = "application/json";

/** What a page may read beside the headers that it always may. */
const EXPOSED = HEADERS.join(", ");

/** What a page may send: what the client sends. It is not made from what was asked for. */
const ACCEPTED = "Authorization, Content-Type, Idempotency-Key, Traceparent";

/** Names that a `Connection` header gives, if there is one: they are for the next hop alone. */
export const hopsIn = (connection) =>
  connection === null ? [] : connection.toLowerCase().split(/[\s,]+/);

/**
 * The headers of every answer to a request of this origin. They stay a plain object: in workerd each step of a
 * `Headers` costs more than all of this, and so does a list of pairs.
 */
export const common = (origin, { origins }) => {
  const headers = {
    "Cache-Control": "no-store",
    Vary: "Origin",
    "X-Content-Type-Options": "nosniff",
  };
  if (origin !== null && origins.includes(origin)) {
    headers[ALLOWED] = origin;
    // An origin on the list may speak as the user who is signed in.
    headers["Access-Control-Allow-Credentials"] = "true";
    headers["Access-Control-Expose-Headers"] = EXPOSED;
  }
  return headers;
};

/** The header that an origin on the list gets. */
export const ALLOWED = "Access-Control-Allow-Origin";

/** Says what a page may do at a path, for its browser. */
export const allowMethods = (methods, headers) => {
  headers["Access-Control-Allow-Methods"] = methods;
  headers["Access-Control-Allow-Headers"] = ACCEPTED;
  headers["Access-Control-Max-Age"] = "7200";
};

/** The headers of an answer of authorize's that go beside ours, which are not given up for them. */
export const headersBeside = (ours, theirs) => {
  const taken = Object.keys(ours).map((name) => name.toLowerCase());
  return [...theirs].filter(([name]) => name === "vary" || !taken.includes(name));
};

/** All that numbers, instants and dates are written with. */
const FIGURE = /^[\w ,:.+-]{1,64}$/;

const KNOWN = new Map(HEADERS.map((name) => [name.toLowerCase(), name]));

/** Puts the headers of the service that are known, and nothing else, beside those of every answer. */
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
 * Puts a tenant's own figures of the quota in place of the credential's. If the service itself turned the request
 * away, only the service knows for how long: the limit may be another one than that of the hour.
 */
export const showFigures = ({ limit, remaining, resetIn }, headers, isTurnedAway) => {
  headers["X-RateLimit-Limit"] = `${limit}`;
  headers["X-RateLimit-Remaining"] = `${remaining}`;
  if (!isTurnedAway) headers["X-RateLimit-Reset"] = new Date(Date.now() + resetIn).toISOString();
};

/** Lets go of an answer that nobody reads. */
export const discard = (response) => void response.body?.cancel().catch(() => {});

/**
 * Refuses an answer that must not go on: a redirect, since a token must not travel and a page must not be led
 * elsewhere; what is no HTTP status; and a 401 or 403, which are about our token, not about the caller.
 */
export const requirePassable = (response) => {
  const { status, type } = response;
  const isPassable =
    type !== "opaqueredirect" && status >= 200 && status <= 599 && (status < 300 || status >= 400);
  if (isPassable && status !== 401 && status !== 403) return;
  discard(response);
  throw new Refusal(502, "upstream");
};

/**
 * The body of an answer that goes on, and its status. What is not JSON, such as the page of a gateway, is
 * replaced by what the status says; as a success it is none.
 */
export const passOn = async (response, isDelete) => {
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
  // An empty answer to a delete is all that there is to say.
  if (isDelete && (await readBytes(readerOf(body), 0))?.byteLength === 0)
    return { status: 204, body: null };
  discard(response);
  throw new Refusal(502, "upstream");
};

/** The longest answer that is read as a whole: far longer than a page of 30 customers. */
const MAX_ANSWER = 4 << 20;

/** The bytes of an answer that the proxy itself has to read. */
export const readAnswer = async ({ body }) => {
  let bytes;
  try {
    bytes = await readBytes(readerOf(body), MAX_ANSWER);
  } catch {
    // It broke off, as one that is too long is broken off.
  }
  if (bytes === undefined) throw new Refusal(502, "upstream");
  return bytes;
};

/** Says that a body is JSON, which the proxy has made sure of. */
export const asJson = (headers) => {
  headers["Content-Type"] = JSON_TYPE;
};
