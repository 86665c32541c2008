// One call: the effects of what the core decides. Timers and listeners are all here, and a call leaves none
// behind.

import {
  CREATE,
  DEFAULT_LIMIT,
  HEADERS,
  LIST,
  MAX_ERROR_BODY,
  operations,
  UPDATE,
} from "./contract.js";
import { coreSoon } from "./core.js";
import {
  ConnectionError,
  classOfStatus,
  configurationError,
  issuesOf,
  RateLimitError,
  sentence,
  TimeoutError,
  UnexpectedResponseError,
  UnprocessableEntityError,
  valid,
} from "./errors.js";
import { checkToken, readCall } from "./options.js";
import { describe, Outline } from "./outline.js";
import { pageOf } from "./page.js";
import { copyOf, OF_CREATE, OF_ID, OF_LIST, OF_UPDATE, toText, toUncheckedText } from "./values.js";

// As in core.rs: how an attempt ended where there is no status, and what to do next.
const CONNECTION = -1;
const TIMEOUT = -2;
const NO_RESPONSE = -3;
const ABORTED = -4;
const REAUTHENTICATE = -1;
const DELETED = -2;

/** The longest time that a timer can be set to; beyond it timers fire at once. */
const MAX_TIMER = 2 ** 31 - 1;

/** Why there is no answer. */
class Stopped {
  constructor(how, cause) {
    this.how = how;
    this.cause = cause;
  }
}

/**
 * Runs `start(signal)` until it settles, the time is over or the caller aborts, and leaves no timer and
 * no listener behind. Rejects with a `Stopped`.
 */
const within = (milliseconds, caller, start) =>
  new Promise((resolve, reject) => {
    if (caller?.aborted) return reject(new Stopped(ABORTED, caller.reason));
    const controller = new AbortController();
    let timer;
    const finish = () => {
      clearTimeout(timer);
      caller?.removeEventListener("abort", abort);
    };
    const stop = (how, cause) => {
      finish();
      reject(new Stopped(how, cause));
      controller.abort(cause);
    };
    const abort = () => stop(ABORTED, caller.reason);
    timer = setTimeout(stop, Math.min(milliseconds, MAX_TIMER), TIMEOUT);
    caller?.addEventListener("abort", abort);
    start(controller.signal).then(
      (value) => {
        finish();
        resolve(value);
      },
      (cause) => {
        finish();
        reject(cause instanceof Stopped ? cause : new Stopped(CONNECTION, cause));
      },
    );
  });

/** Waits, or rejects when the caller aborts. */
const sleep = (milliseconds, caller) =>
  within(milliseconds, caller, () => new Promise(() => {})).catch((stopped) => {
    if (stopped.how === ABORTED) throw stopped.cause;
  });

/** Reads no more of an error's body than it needs. What was read before it broke off is an answer too. */
const readError = async (response) => {
  let text = "";
  try {
    const reader = response.body?.getReader();
    if (!reader) return (await response.text()).slice(0, MAX_ERROR_BODY);
    const decoder = new TextDecoder();
    for (let size = 0; size < MAX_ERROR_BODY; ) {
      const { done, value } = await reader.read();
      if (done) return text;
      text += decoder.decode(value.subarray(0, MAX_ERROR_BODY - size), { stream: true });
      size += value.byteLength;
    }
    reader.cancel().catch(() => {});
  } catch {
    // The status says what happened.
  }
  return text;
};

const parse = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The token of one attempt, from a function. */
const readToken = async (token, signal, milliseconds) => {
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
    throw configurationError("The token function failed: see cause", { cause });
  }
  return checkToken(given);
};

/** An instant, or null where the core knows none. */
const toDate = (instant) => (Number.isNaN(instant) ? null : new Date(instant));

/** What stands in `rateLimit`. */
const toRateLimit = ([limit, remaining, resetAt]) =>
  Number.isNaN(limit) ? null : { limit, remaining, resetAt: toDate(resetAt) };

/**
 * The headers of an answer for the core, one a line. They may come from a `fetch` of the user's: what their
 * `get` throws, or returns instead of text, is no header.
 */
const linesOf = (headers) =>
  HEADERS.map((name) => {
    try {
      const value = headers.get(name);
      return typeof value === "string" ? value : "";
    } catch {
      return "";
    }
  }).join("\n");

// The user's observers. An event holds what logs may hold: no value, no query, no header, no token.
const LEVELS = ["off", "error", "warn", "info", "debug"];

const logged = {
  onRequest: ["debug", ({ attempt }) => `attempt ${attempt}`],
  onResponse: ["debug", ({ status, durationMs }) => `${status} after ${Math.round(durationMs)} ms`],
  onRetry: ["warn", ({ reason, waitMs }) => `${reason}, again in ${Math.round(waitMs)} ms`],
};

/**
 * Tells the user's observers, if there are any. What an observer throws is its own affair: the call goes
 * on.
 */
const observe = (settings, hook, event) => {
  const { logger, logLevel = "warn" } = settings;
  const observer = settings[hook];
  const [level, say] = logged[hook];
  const log = logger && LEVELS.indexOf(level) <= LEVELS.indexOf(logLevel);
  if (!observer && !log) return;
  try {
    const told = event();
    observer?.(told);
    if (log) logger[level]?.(`collins-customers: ${told.method} ${told.route}: ${say(told)}`, told);
  } catch {
    // See above.
  }
};

/** What an attempt ended with: the response and its text, or how it stopped and why. */
const attempt = async (method, { fetch }, { signal }, url, headers, body, milliseconds) => {
  try {
    return await within(milliseconds, signal, async (signal) => {
      // Called unbound; `manual`, because a redirect would take the token to another place.
      const response = await (fetch ?? globalThis.fetch)(url, {
        method,
        headers,
        body,
        signal,
        redirect: "manual",
      });
      const { status, text } = response ?? {};
      // Structurally: a response of another realm is one too.
      if (
        !(Number.isInteger(status) && status >= 0) ||
        typeof text !== "function" ||
        typeof response.headers?.get !== "function"
      )
        throw new Stopped(NO_RESPONSE);
      return {
        how: status,
        response,
        text: response.ok ? await response.text() : await readError(response),
      };
    });
  } catch (stopped) {
    if (stopped.how === ABORTED) throw stopped.cause;
    return stopped;
  }
};

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether a success holds what the operation returns: nothing, a list of customers or one. */
const isExpected = (operation, envelope, { response, text }, data) => {
  if (!envelope) return response.status === 204 || text !== "";
  return operation === LIST ? Array.isArray(data) && data.every(isObject) : isObject(data);
};

/** The class of the error that an attempt comes to. */
const classOf = ({ how, response }) => {
  if (how === TIMEOUT) return TimeoutError;
  if (how === CONNECTION) return ConnectionError;
  return !response || response.ok ? UnexpectedResponseError : classOfStatus(how);
};

/** The error of a call that ended for good. */
const failure = (line, ended, attempts, rateLimit, [, state, retryAfterMs, resetAt]) => {
  const { how, cause, response, text } = ended;
  const Class = classOf(ended);
  const shown = { attempts, mayHaveSucceeded: state % 2 === 1 };
  const kept = {};
  if (response) {
    Object.assign(shown, { status: how, rateLimit });
    Object.assign(kept, { headers: response.headers, body: parse(text) ?? text });
  } else if (how === CONNECTION) {
    kept.cause = cause;
  }
  if (Class === UnprocessableEntityError) kept.issues = issuesOf(kept.body);
  if (Class === RateLimitError)
    Object.assign(shown, { retryAfterMs: retryAfterMs || null, resetAt: toDate(resetAt) });
  return new Class(line + sentence(Class, response && how), shown, kept);
};

/** Where a request goes. What is not text is no id, as is the empty text. */
const urlOf = (core, operation, { baseUrl, isUnchecked }, id, filter) => {
  const collection = baseUrl + operations[LIST][1];
  if (operation > CREATE)
    return `${collection}/${valid(new Outline(OF_ID, typeof id === "string" ? id : "").check(core))}`;
  const query = filter ? valid(filter.check(core, isUnchecked)) : "";
  return query ? `${collection}?${query}` : collection;
};

/**
 * Sends a request until it succeeds or the core says to stop. Resolves to `[data, response]`. `list` gets
 * another page.
 */
export const send = async (operation, settings, given, id, value, list) => {
  const options = readCall(given, settings);
  const { signal, totalTimeout, isUnchecked, extraBody } = options;
  const [method, route, envelope] = operations[operation];

  // The values as they are now: the caller may change them afterwards.
  const filter = operation === LIST && value !== undefined && describe(value, OF_LIST);
  const values = filter && copyOf(Object(filter.sent));
  const subject = operation === UPDATE ? OF_UPDATE : OF_CREATE;
  let body;
  let checked;
  if (operation === CREATE || operation === UPDATE) {
    if (!isUnchecked) checked = describe(value, subject);
    body =
      isUnchecked || extraBody ? toUncheckedText(value, subject, extraBody) : toText(checked.sent);
  }

  const core = await coreSoon();
  const url = urlOf(core, operation, options, id, filter);
  if (checked) valid(checked.check(core));
  // Of what JSON has no text for, the core knows the issue.
  if (body === "") valid(new Outline(subject).check(core));

  const begin = Date.now();
  let state = 0;
  for (let attempts = 1; ; attempts++) {
    const attemptBegin = Date.now();
    const milliseconds = Math.min(options.timeout, totalTimeout - (attemptBegin - begin));
    const isFunction = typeof settings.token === "function";
    // Undefined where a proxy holds it.
    const token = isFunction
      ? await readToken(settings.token, signal, milliseconds)
      : settings.token;
    const headers = core.headers(token ?? "", body !== undefined);
    for (const [name, value] of options.headers)
      value === null ? headers.delete(name) : headers.set(name, value);
    const event = (more) => ({ method, route, attempt: attempts, ...more });
    observe(settings, "onRequest", event);

    const ended = await attempt(method, settings, options, url, headers, body, milliseconds);
    const { how, response, text } = ended;
    const now = Date.now();
    let rateLimit = null;
    let lines = "";
    if (response) {
      lines = linesOf(response.headers);
      const data = envelope && response.ok ? parse(text)?.[envelope] : undefined;
      const { page = 1, limit = DEFAULT_LIMIT } = values ?? {};
      const figures = core.answer(lines, now, page, limit, list ? data?.length : 0);
      rateLimit = toRateLimit(figures);
      settings.rateLimit = rateLimit ?? settings.rateLimit;
      observe(settings, "onResponse", () =>
        event({ status: how, durationMs: now - attemptBegin, rateLimit }),
      );
      if (response.ok && isExpected(operation, envelope, ended, data)) {
        if (!list) return [data, response];
        const next = figures[3];
        const more = next > 0 && (() => list({ ...values, page: next }));
        return [pageOf(data, rateLimit, figures.slice(4), more), response];
      }
    }
    const { maxRetries, maxRetryAfter } = options;
    const decided = core.next(
      state,
      operation,
      how,
      lines,
      now,
      now - begin,
      totalTimeout,
      maxRetries,
      maxRetryAfter,
      isFunction,
      Math.random(),
    );
    const wait = decided[0];
    if (wait === DELETED) return [undefined, response];
    if (wait >= 0) {
      observe(settings, "onRetry", () => event({ reason: classOf(ended).name, waitMs: wait }));
      await sleep(wait, signal);
    } else if (wait !== REAUTHENTICATE) {
      throw failure(`${method} ${route}`, ended, attempts, rateLimit, decided);
    }
    state = decided[1];
  }
};
