// The error of a call that failed: its class, its message for developers, and its data.

import { toDate } from "./answer.js";
import { visibleCause } from "./cause.js";
import { LATE, LOST, NOT_SENT, operations, QUOTA_RESET_AT, RETRY_AFTER } from "./contract.js";
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

/** The class of the error for a failed attempt. */
export const classOf = ({ event, response }) => {
  if (event === LATE) return TimeoutError;
  if (event === LOST || event === NOT_SENT) return ConnectionError;
  return !response || response.ok ? UnexpectedResponseError : classOfStatus(response.status);
};

/** The advice for developers, by class. */
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

const refusal = (Class, { status, type }, route, token) => {
  if (REDIRECTS.includes(status) || type === "opaqueredirect")
    return `${status ? status : "with a redirect"}: redirects are not followed, so the token is not sent elsewhere: check baseUrl`;
  if (Class === NotFoundError)
    return /\{/.test(route)
      ? "404: there is no such customer, or baseUrl leads elsewhere"
      : `404: nothing is served there: check baseUrl, to which ${route} is appended`;
  // Without a token of ours, it is not the token that was refused.
  if (status === 405 || (!token && (status === 401 || status === 403)))
    return `${status}: the server at baseUrl refused this: if it is a proxy, see its options authorize and allow`;
  return `${status}: ${ADVICE.get(Class)}`;
};

/** The body of a success that is not what the operation returns, in words. */
const found = ({ text }, { maxResponseBytes }) => {
  if (text === undefined)
    return `a body of more than ${maxResponseBytes} bytes: see the option maxResponseBytes`;
  if (!text.trim()) return "an empty body";
  try {
    JSON.parse(text);
    return "other JSON";
  } catch {
    if (/^\s*[{[]/.test(text)) return "JSON that was cut off";
    return `${/^\s*</.test(text) ? "a page of HTML" : "text that is not JSON"}: check baseUrl`;
  }
};

const sentence = (Class, operation, ended, options) => {
  const [method, route, envelope] = operations[operation];
  const { event, response, cause, milliseconds } = ended;
  const line = `${method} ${route}`;
  if (Class === TimeoutError)
    return `${line}: no complete response within ${Math.round(milliseconds)} ms: check the service, or raise timeout and totalTimeout`;
  if (event === NOT_SENT)
    return `${line}: there was no connection (${visibleCause(cause)}), so nothing was sent: check baseUrl`;
  if (event === LOST)
    return `${line}: the connection failed or the response was cut off (${visibleCause(cause)}): in a page, check CORS as well`;
  if (!response)
    return `${line}: fetch resolved to something that is not a readable Response: check the option fetch`;
  if (!response.ok) return `${line} answered ${refusal(Class, response, route, options.token)}`;
  const expected = envelope ? `JSON with "${envelope}"` : "an empty body";
  return `${line} answered ${response.status}: expected ${expected}, got ${found(ended, options)}`;
};

const parse = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** The error of a call whose time was over before its next request. */
export const outOfTime = ({ totalTimeout }, shown) =>
  new TimeoutError(
    `${shown.method} ${shown.route}: the totalTimeout of ${totalTimeout} ms was over before request ${shown.attempts + 1} was sent: raise totalTimeout`,
    shown,
  );

/** The error of a call whose last request failed. `shown` is the part of the error about the call. */
export const failure = (operation, options, ended, shown, rateLimit, call) => {
  const { cause, response, text } = ended;
  const Class = classOf(ended);
  const keeps = { __proto__: null };
  if (response) {
    Object.assign(shown, { status: response.status, rateLimit });
    Object.assign(keeps, { headers: response.headers, body: parse(text) });
  } else if (Class === ConnectionError) {
    keeps.cause = cause;
  }
  if (Class === UnprocessableEntityError) keeps.issues = rejectedIssues(keeps.body);
  if (Class === RateLimitError)
    Object.assign(shown, {
      retryAfterMs: call[RETRY_AFTER] || null,
      resetAt: toDate(call[QUOTA_RESET_AT]),
    });
  return new Class(sentence(Class, operation, ended, options), shown, keeps);
};
