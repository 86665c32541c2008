// One call: carries out the core's decisions, step by step. The content of a request is made in prepare.js and
// request.js, it is sent in attempt.js, and its answer is handled in answer.js, page.js and failure.js.

import { linesOf, readSuccess, toRateLimit } from "./answer.js";
import { attempt, fetchOf } from "./attempt.js";
import {
  BEGUN,
  CREATE,
  DEFAULT_LIMIT,
  DELAYED,
  DONE,
  MAY_HAVE_SUCCEEDED,
  NEXT_PAGE,
  OUT_OF_TIME,
  operations,
  PAGE,
  REQUESTS,
  SEND,
  STEP,
  TOKEN,
  TOKEN_GIVEN,
  WAIT,
  WAITED,
  WITHIN,
} from "./contract.js";
import { sleep } from "./deadline.js";
import { classOf, failure, outOfTime } from "./failure.js";
import { observe } from "./observers.js";
import { readCall } from "./options.js";
import { pageOf } from "./page.js";
import { prepare } from "./prepare.js";
import { headersOf, newIdempotencyKey } from "./request.js";
import { tokenOf } from "./token.js";

/**
 * Sends a request until the core reports that the call is done or has failed. Resolves to `[data, response]`. `list`
 * gets another page; `judged` is the part of `value` that is checked, if that is not all of it; `unchanged` is the
 * result of an update without any change.
 */
export const send = async (
  operation,
  settings,
  given,
  id,
  value,
  { list, judged, unchanged } = { __proto__: null },
) => {
  const options = readCall(given, settings);
  const begin = performance.now();
  const { core, url, body, filters } = await prepare(operation, options, id, value, judged);
  // Before the user's hook, which would see a request that is never sent.
  if (options.signal?.aborted) throw options.signal.reason;
  if (unchanged && body === "{}") return [unchanged, null];

  const [method, route] = operations[operation];
  const { page = 1, limit = DEFAULT_LIMIT } = filters || {};
  const fetch = fetchOf(options);
  // Prerendering forbids reading the time of day or a random number, so neither is read before the first request,
  // except for a key that the user asked for.
  const key = operation === CREATE && options.idempotency ? newIdempotencyKey() : "";
  let { token } = options;
  let ended;
  let rateLimit;

  /** The call as the core's list of numbers, which is passed in and comes back. */
  let call = [
    operation,
    options.timeout,
    options.totalTimeout,
    options.maxRetries,
    options.maxRetryAfter,
    +(typeof token === "function"),
    +(key !== ""),
  ];
  const tell = (
    event,
    lines = "",
    random = 0,
    clock = 0,
    status = 0,
    isExpected = 0,
    count = 0,
  ) => {
    const elapsed = performance.now() - begin;
    const told = [event, elapsed, random, clock, status, isExpected, page, limit, count];
    call = core.on(told.concat(call), lines);
  };
  const shown = () => ({
    method,
    route,
    attempts: call[REQUESTS],
    mayHaveSucceeded: call[MAY_HAVE_SUCCEEDED] > 0,
  });
  const note = (hook, more) =>
    observe(settings, hook, () => ({ method, route, attempt: call[REQUESTS], ...more }));

  tell(BEGUN);
  for (;;) {
    const milliseconds = call[WITHIN];
    switch (call[STEP]) {
      case TOKEN:
        token = await tokenOf(options, milliseconds, shown());
        tell(TOKEN_GIVEN);
        break;
      case SEND: {
        const headers = headersOf(options, token, body, key);
        // The user's hook may have blocked: the core recomputes the time that is left.
        if (note("onRequest")) tell(DELAYED);
        if (call[STEP] !== SEND) break;
        const started = performance.now();
        ended = await attempt(fetch, url, { method, headers, body }, options, call[WITHIN]);
        const durationMs = Math.round(performance.now() - started);
        const { event, response } = ended;
        const isExpected = readSuccess(operation, ended);
        const status = response?.status;
        const count = list && ended.data?.length;
        tell(event, linesOf(response), Math.random(), Date.now(), status, +isExpected, count);
        if (response) {
          rateLimit = toRateLimit(call);
          settings.rateLimit = rateLimit ?? settings.rateLimit;
          note("onResponse", { status, durationMs, rateLimit });
        }
        break;
      }
      case WAIT: {
        const waitMs = Math.ceil(milliseconds);
        note("onRetry", { reason: classOf(ended).name, waitMs });
        await sleep(waitMs, options.signal);
        tell(WAITED);
        break;
      }
      case DONE: {
        const { data, response } = ended;
        const next = call[NEXT_PAGE];
        const more = next > 0 && (() => list({ ...filters, page: next }));
        return [list ? pageOf(data, rateLimit, call.slice(PAGE), more) : data, response];
      }
      case OUT_OF_TIME:
        throw outOfTime(options, shown());
      default:
        throw failure(operation, options, ended, shown(), rateLimit, call);
    }
  }
};
