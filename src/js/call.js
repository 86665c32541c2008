// One call: carries out what the core decides. What an attempt is, how long it may take, and what becomes of its
// answer is in the files that this one imports.

import { linesOf, readSuccess, toRateLimit } from "./answer.js";
import { attempt, fetchOf } from "./attempt.js";
import { CREATE, DEFAULT_LIMIT, LIST, operations, UPDATE } from "./contract.js";
import { coreSoon } from "./core.js";
import { sleep } from "./deadline.js";
import { TimeoutError, valid } from "./errors.js";
import { classOf, failure } from "./failure.js";
import { observe } from "./observers.js";
import { readCall } from "./options.js";
import { describe, Outline } from "./outline.js";
import { pageOf } from "./page.js";
import { headersOf, newIdempotencyKey, urlOf } from "./request.js";
import { tokenOf } from "./token.js";
import {
  copyOf,
  issuesOfExtra,
  OF_CREATE,
  OF_LIST,
  OF_UPDATE,
  toText,
  toUncheckedText,
} from "./values.js";

// As in core.rs: what to do next.
const REAUTHENTICATE = -1;
const DELETED = -2;

/**
 * Sends a request until it succeeds or the core says to stop. Resolves to `[data, response]`. `list` gets
 * another page; `judged` is the part of `value` that is checked, where that is not all of it; `unchanged` is what
 * an update without any change resolves to.
 */
export const send = async (
  operation,
  settings,
  given,
  id,
  value,
  { list, judged = value, unchanged } = { __proto__: null },
) => {
  const options = readCall(given, settings);
  const { signal, totalTimeout, isUnchecked, extraBody } = options;
  const [method, route] = operations[operation];

  // The values as they are now: the caller may change them afterwards.
  const filter = operation === LIST && value !== undefined && describe(value, OF_LIST, true);
  const values = filter && copyOf(Object(filter.sent));
  const subject = operation === UPDATE ? OF_UPDATE : OF_CREATE;
  let body;
  let checked;
  if (operation === CREATE || operation === UPDATE) {
    if (!isUnchecked) checked = describe(judged, subject, true);
    body =
      isUnchecked || judged !== value
        ? toUncheckedText(value, subject, extraBody)
        : toText(checked.sent, extraBody);
  }

  const core = await coreSoon();
  const url = urlOf(core, operation, options, id, filter);
  if (checked) valid(checked.check(core));
  // Of what JSON has no text for, the core knows the issue.
  if (body === "") valid(new Outline(subject).check(core));
  if (checked && (extraBody || judged !== value)) valid({ issues: issuesOfExtra(body) });
  if (unchanged && body === "{}") {
    if (signal?.aborted) throw signal.reason;
    return [unchanged, null];
  }

  const fetch = fetchOf(options);
  // Before the first request neither the time of day nor a random number is read, which prerendering forbids; but
  // where the user asked for a key.
  const key = operation === CREATE && options.idempotency ? newIdempotencyKey() : "";
  const begin = performance.now();
  const elapsed = () => performance.now() - begin;
  let state = 0;
  for (let attempts = 1; ; attempts++) {
    const shown = { method, route, attempts: attempts - 1, mayHaveSucceeded: state % 2 === 1 };
    /** The time that asking for a token has, or a request; neither begins when the time of the call is over. */
    const timeLeft = () => {
      const left = totalTimeout - elapsed();
      if (left > 0) return Math.min(options.timeout, left);
      const what = `the totalTimeout of ${totalTimeout} ms was over before request ${attempts} was sent`;
      throw new TimeoutError(`${method} ${route}: ${what}: raise totalTimeout`, shown);
    };
    const token = await tokenOf(options, timeLeft(), shown);
    const headers = headersOf(core, options, token, body, key);
    const event = (more) => ({ method, route, attempt: attempts, ...more });
    observe(settings, "onRequest", event);

    const milliseconds = timeLeft();
    const started = elapsed();
    const ended = await attempt(fetch, url, { method, headers, body }, options, milliseconds);
    const { how, response } = ended;
    const now = Date.now();
    let rateLimit = null;
    let lines = "";
    if (response) {
      lines = linesOf(response.headers);
      const { data, isExpected } = response.ok ? readSuccess(operation, ended) : {};
      const { page = 1, limit = DEFAULT_LIMIT } = values || {};
      const figures = core.answer(lines, now, page, limit, list ? data?.length : 0);
      rateLimit = toRateLimit(figures);
      settings.rateLimit = rateLimit ?? settings.rateLimit;
      const durationMs = Math.round(elapsed() - started);
      observe(settings, "onResponse", () => event({ status: how, durationMs, rateLimit }));
      if (isExpected) {
        if (!list) return [data, response];
        const next = figures[3];
        const more = next > 0 && (() => list({ ...values, page: next }));
        return [pageOf(data, rateLimit, figures.slice(4), more), response];
      }
    }
    const decided = core.next(
      state,
      operation,
      how,
      lines,
      now,
      elapsed(),
      totalTimeout,
      options.maxRetries,
      options.maxRetryAfter,
      typeof options.token === "function",
      key !== "",
      Math.random(),
    );
    const [wait] = decided;
    state = decided[1];
    if (wait === DELETED) return [undefined, response];
    if (wait >= 0) {
      const waitMs = Math.ceil(wait);
      observe(settings, "onRetry", () => event({ reason: classOf(ended).name, waitMs }));
      await sleep(waitMs, signal);
    } else if (wait !== REAUTHENTICATE) {
      throw failure(operation, options, ended, { attempts, rateLimit, decided });
    }
  }
};
