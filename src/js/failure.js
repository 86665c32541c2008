// The error of a call that ended for good: its class, what developers are told, and what it keeps.

import { toDate } from "./answer.js";
import { visibleCause } from "./cause.js";
import { operations } from "./contract.js";
import { CONNECTION, NOT_SENT, TIMEOUT } from "./deadline.js";
import {
  ApiError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  ConnectionError,
  classOfStatus,
  InternalServerError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  TimeoutError,
  UnexpectedResponseError,
  UnprocessableEntityError,
} from "./errors.js";
import { rejectedIssues } from "./rejected.js";

/** The class of the error that an attempt comes to. */
export const classOf = ({ how, response }) => {
  if (how === TIMEOUT) return TimeoutError;
  if (how === CONNECTION || how === NOT_SENT) return ConnectionError;
  return !response || response.ok ? UnexpectedResponseError : classOfStatus(how);
};

/** What to do, by class. */
const ADVICE = new Map([
  [ApiError, "the API does not document this status: check what answers at baseUrl"],
  [BadRequestError, "the service could not read the request: see body"],
  [
    AuthenticationError,
    "the token was not accepted: check it, and that it belongs to this environment",
  ],
  [PermissionDeniedError, "the token is not allowed to do this: ask your account manager"],
  [ConflictError, "the request is in conflict with another one: read the customer again"],
  [UnprocessableEntityError, "the service refused values: see issues"],
  [RateLimitError, "the quota of this hour is used up: see retryAfterMs and resetAt"],
  [InternalServerError, "the service, or a gateway in front of it, failed: try again later"],
]);

const REDIRECTS = [301, 302, 303, 307, 308];

const refusal = (Class, { how, response }, route) => {
  if (REDIRECTS.includes(how) || response.type === "opaqueredirect")
    return `${how ? how : "with a redirect"}: redirects are not followed, because the token must not travel: check baseUrl`;
  if (Class === NotFoundError)
    return /\{/.test(route)
      ? "404: there is no such customer, or baseUrl leads elsewhere"
      : `404: nothing is served there: check baseUrl, to which ${route} is appended`;
  return `${how}: ${ADVICE.get(Class)}`;
};

/** What a success holds instead of what the operation returns. */
const found = ({ text }, { maxResponseBytes }) => {
  if (text === undefined)
    return `a body of more than ${maxResponseBytes} bytes: see the option maxResponseBytes`;
  if (!text.trim()) return "an empty body";
  try {
    JSON.parse(text);
    return "other JSON";
  } catch {
    return `${/^\s*</.test(text) ? "a page of HTML" : "text that is not JSON"}: check baseUrl`;
  }
};

const sentence = (Class, operation, ended, options) => {
  const [method, route, envelope] = operations[operation];
  const { how, response, cause, milliseconds } = ended;
  const line = `${method} ${route}`;
  if (Class === TimeoutError)
    return `${line}: no complete response within ${Math.round(milliseconds)} ms: check the service, or raise timeout and totalTimeout`;
  if (how === NOT_SENT)
    return `${line}: there was no connection (${visibleCause(cause)}), so nothing was sent: check baseUrl`;
  if (how === CONNECTION)
    return `${line}: the connection failed or the response was cut off (${visibleCause(cause)}): in a page, check CORS as well`;
  if (!response)
    return `${line}: fetch resolved to something that is not a Response: check the option fetch`;
  if (!response.ok) return `${line} answered ${refusal(Class, ended, route)}`;
  const expected = envelope ? `JSON with "${envelope}"` : "an empty body";
  return `${line} answered ${how}: expected ${expected}, got ${found(ended, options)}`;
};

const parse = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

export const failure = (operation, options, ended, { attempts, rateLimit, decided }) => {
  const { how, cause, response, text } = ended;
  const [method, route] = operations[operation];
  const [, state, retryAfterMs, resetAt] = decided;
  const Class = classOf(ended);
  const shown = { method, route, attempts, mayHaveSucceeded: state % 2 === 1 };
  const keeps = { __proto__: null };
  if (response) {
    Object.assign(shown, { status: how, rateLimit });
    Object.assign(keeps, { headers: response.headers, body: parse(text) });
  } else if (Class === ConnectionError) {
    keeps.cause = cause;
  }
  if (Class === UnprocessableEntityError) keeps.issues = rejectedIssues(keeps.body);
  if (Class === RateLimitError)
    Object.assign(shown, { retryAfterMs: retryAfterMs || null, resetAt: toDate(resetAt) });
  return new Class(sentence(Class, operation, ended, options), shown, keeps);
};
