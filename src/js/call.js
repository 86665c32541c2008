// One call: the effects of what Rust decides (call.rs). A call is a handle into WebAssembly memory; it is
// freed here, where the call ends, so none is ever left to a finalizer.

import { createError } from "./errors.js";
import { apiPromise, CustomerPage } from "./page.js";

// As in call.rs: how an attempt ended where there is no status, and what to do next.
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

/** Reads at most `limit` bytes of an error's body. What was read before it broke off is an answer too. */
const readError = async (response, limit) => {
  let text = "";
  try {
    const reader = response.body?.getReader();
    if (!reader) return (await response.text()).slice(0, limit);
    const decoder = new TextDecoder();
    for (let size = 0; size < limit; ) {
      const { done, value } = await reader.read();
      if (done) return text;
      text += decoder.decode(value.subarray(0, limit - size), { stream: true });
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

/** The token of one attempt, or undefined where a proxy holds it. */
const readToken = async ({ token }, signal, milliseconds) => {
  if (typeof token !== "function") return token;
  try {
    // Nothing is no token, and refused as the empty one is.
    return await within(milliseconds, signal, async () => (await token()) ?? "");
  } catch ({ how, cause }) {
    if (how === ABORTED) throw cause;
    if (how === TIMEOUT)
      throw createError("TimeoutError", "The token function gave no token in time", {
        mayHaveSucceeded: false,
      });
    throw createError("ConfigurationError", "The token function failed: see cause", {}, { cause });
  }
};

/** An instant, or null where Rust has none. */
const toDate = (instant) => (instant === undefined ? null : new Date(instant));

/** What stands in `rateLimit`. */
const toRateLimit = ([limit, remaining, resetAt]) =>
  limit === undefined ? null : { limit, remaining, resetAt: toDate(resetAt) };

// The user's observers. An event holds what logs may hold: no value, no query, no header, no token.
const LEVELS = ["off", "error", "warn", "info", "debug"];

const logged = {
  onRequest: ["debug", ({ method, route, attempt }) => `${method} ${route}: attempt ${attempt}`],
  onResponse: [
    "debug",
    ({ method, route, status, durationMs }) =>
      `${method} ${route}: ${status} after ${Math.round(durationMs)} ms`,
  ],
  onRetry: [
    "warn",
    ({ method, route, reason, waitMs }) =>
      `${method} ${route}: ${reason}, again in ${Math.round(waitMs)} ms`,
  ],
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
    if (log) logger[level]?.(`collins-customers: ${say(told)}`, told);
  } catch {
    // See above.
  }
};

/** What an attempt ended with: the response and its text, or how it stopped and why. */
const attempt = async (call, method, { fetch }, { signal }, url, headers, body, milliseconds) => {
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
        typeof status !== "number" ||
        typeof text !== "function" ||
        typeof response.headers?.get !== "function"
      )
        throw new Stopped(NO_RESPONSE);
      return {
        how: status,
        response,
        text: response.ok ? await response.text() : await readError(response, call.maxErrorBody),
      };
    });
  } catch (stopped) {
    if (stopped.how === ABORTED) throw stopped.cause;
    return stopped;
  }
};

/** Whether a success holds what the operation returns: nothing, a list of customers or one. */
const isExpected = (envelope, page, { response, text }, data) => {
  if (!envelope) return response.status === 204 || text !== "";
  return page
    ? Array.isArray(data)
    : typeof data === "object" && data !== null && !Array.isArray(data);
};

/** The error of a call that ended for good. */
const failure = (call, attempts, rateLimit, { how, cause, response, text }) => {
  const name = call.failure(how);
  const shown = { attempts, mayHaveSucceeded: call.mayHaveSucceeded };
  const kept = {};
  if (response) {
    Object.assign(shown, { status: how, rateLimit });
    Object.assign(kept, { headers: response.headers, body: parse(text) ?? text });
  } else if (how === CONNECTION) {
    kept.cause = cause;
  }
  if (name === "UnprocessableEntityError") kept.issues = JSON.parse(call.issues(text));
  if (name === "RateLimitError") {
    const [retryAfterMs, resetAt] = call.hint;
    Object.assign(shown, { retryAfterMs: retryAfterMs ?? null, resetAt: toDate(resetAt) });
  }
  return createError(name, call.sentence(how), shown, kept);
};

/** Sends a request until it succeeds or Rust says to stop. Resolves to `[data, response]`. */
const run = async (call, method, url, body, envelope, settings, options, page) => {
  try {
    const { signal, totalTimeout } = options;
    const begin = Date.now();
    for (let attempts = 1; ; attempts++) {
      const attemptBegin = Date.now();
      const milliseconds = Math.min(options.timeout, totalTimeout - (attemptBegin - begin));
      const token = await readToken(settings, signal, milliseconds);
      const headers = call.headers(token, body !== undefined);
      for (const [name, value] of options.headers)
        value === null ? headers.delete(name) : headers.set(name, value);
      const event = (more) => ({ method, route: call.route, attempt: attempts, ...more });
      observe(settings, "onRequest", event);

      const ended = await attempt(
        call,
        method,
        settings,
        options,
        url,
        headers,
        body,
        milliseconds,
      );
      const { how, response, text } = ended;
      const now = Date.now();
      let rateLimit = null;
      if (response) {
        const data = envelope && response.ok ? parse(text)?.[envelope] : undefined;
        const figures = call.answer(response, now, page ? data?.length : 0);
        rateLimit = toRateLimit(figures);
        settings.rateLimit = rateLimit ?? settings.rateLimit;
        observe(settings, "onResponse", () =>
          event({ status: how, durationMs: now - attemptBegin, rateLimit }),
        );
        if (response.ok && isExpected(envelope, page, ended, data))
          return [
            page ? new CustomerPage(data, rateLimit, figures.slice(3), page) : data,
            response,
          ];
      }
      const { maxRetries, maxRetryAfter } = options;
      const renewable = typeof settings.token === "function";
      const next = call.next(
        how,
        response,
        now,
        now - begin,
        totalTimeout,
        maxRetries,
        maxRetryAfter,
        renewable,
        Math.random(),
      );
      if (next === DELETED) return [undefined, response];
      if (next >= 0) {
        observe(settings, "onRetry", () => event({ reason: call.failure(how), waitMs: next }));
        await sleep(next, signal);
      } else if (next !== REAUTHENTICATE) {
        throw failure(call, attempts, rateLimit, ended);
      }
    }
  } finally {
    call.free();
  }
};

export const send = (...request) => apiPromise(run(...request));

/** The promise of a call that was refused before anything was sent. */
export const refuse = (error) => apiPromise(Promise.reject(error));
