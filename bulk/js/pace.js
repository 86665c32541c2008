// Sends requests as fast as the quota allows, leaves a reserve to others, and continues after short outages.

import { sleep } from "../../src/js/deadline.js";

/** The quota is per hour. */
const HOUR = 3_600_000;

/** A tenth of the quota is left to others: a booking page, and the venue's own work. */
const RESERVE = 10;

/** The wait between requests, in milliseconds, if it is not known when the quota is renewed. */
const UNKNOWN = 60_000;

/** Added to the wait: a second more does not matter, but a request that comes too early is lost. */
const SLACK = 1000;

/** The longest single timer, after which it is noticed that a computer slept. */
const SLICE = 60_000;

/** The first wait while the service fails. Each wait doubles; after six of them, five minutes, the error is final. */
const OUTAGE_WAIT = 5000;
const OUTAGE_WAITS = 6;

/** The codes of errors that are not about the request. */
const OUTAGES = ["connection", "timeout", "internal_server"];

/** The number of requests of an hour that are left to others. */
const reserveOf = ({ limit }) => Math.floor(limit / RESERVE);

/** When the last of `requests` can be sent, if others use no more than the reserve of this and the next hours. */
export const endOf = (requests, rateLimit, now) => {
  if (!rateLimit) return now;
  const { limit, remaining, resetAt } = rateLimit;
  const reserve = reserveOf(rateLimit);
  const later = requests - Math.max(0, remaining - reserve);
  if (later <= 0) return now;
  const hours = Math.ceil(later / Math.max(1, limit - reserve));
  return Math.max(now, resetAt?.getTime() ?? now + HOUR) + (hours - 1) * HOUR;
};

/** The wait until the quota is renewed. */
const renewal = (resetAt, now) => {
  const left = (resetAt?.getTime() ?? 0) - now;
  // If the hour is over but not renewed, or seems longer than an hour, the clocks differ.
  return left > 0 ? Math.min(left, HOUR) + SLACK : UNKNOWN;
};

const isUsedUp = (rateLimit) => rateLimit && rateLimit.remaining <= reserveOf(rateLimit);

/**
 * Returns a function that calls `send` as soon as the quota of `api` allows a request, and again after a failure that
 * is not about the request. A request that may have changed something is never repeated. `onWait` gets the end of each
 * wait. If no request has succeeded yet (`hasWorked`), the address is probably wrong, so it does not wait.
 */
export const createPace = (api, { signal, onWait, hasWorked = false }) => {
  // Before the first request of this run, the known quota may be of an earlier hour.
  const { rateLimit: last } = api;
  let until = isUsedUp(last) && last.resetAt > Date.now() ? last.resetAt.getTime() + SLACK : 0;

  const pause = async () => {
    if (until > Date.now()) onWait?.(new Date(until));
    for (let left = until - Date.now(); left > 0; left = until - Date.now())
      await sleep(Math.min(left, SLICE), signal);
  };

  /** The wait after an error, in milliseconds; undefined if the error is final. */
  const patience = ({ code, retryAfterMs, resetAt, mayHaveSucceeded }, failures) => {
    if (code === "rate_limit") return retryAfterMs || renewal(resetAt, Date.now());
    if (!hasWorked || !OUTAGES.includes(code) || mayHaveSucceeded) return undefined;
    if (failures >= OUTAGE_WAITS) return undefined;
    return OUTAGE_WAIT * 2 ** failures;
  };

  return async (send) => {
    let failures = 0;
    for (;;) {
      signal?.throwIfAborted();
      await pause();
      try {
        const answer = await send();
        hasWorked = true;
        const { rateLimit } = api;
        if (isUsedUp(rateLimit)) until = Date.now() + renewal(rateLimit.resetAt, Date.now());
        return answer;
      } catch (error) {
        const wait = signal?.aborted ? undefined : patience(Object(error), failures);
        if (wait === undefined) throw error;
        if (error.code !== "rate_limit") failures++;
        until = Date.now() + wait;
      }
    }
  };
};
