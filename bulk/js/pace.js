// Requests as fast as the quota allows, with a reserve left for others, and on through short outages.

import { sleep } from "../../src/js/deadline.js";

/** The quota is per hour. */
const HOUR = 3_600_000;

/** One part in so many of the quota is left to others: a booking page, and the venue's own work. */
const RESERVE = 10;

/** While nothing says when the quota is renewed, one request in so many milliseconds finds out. */
const UNKNOWN = 60_000;

/** A second later does not matter, and one too early is a request lost. */
const SLACK = 1000;

/** The longest single timer: a computer that slept is noticed after it. */
const SLICE = 60_000;

/** The waits while the service fails double from the first: after six of them, five minutes, it is given up. */
const OUTAGE_WAIT = 5000;
const OUTAGE_WAITS = 6;

/** The codes of errors that say nothing against the request. */
const OUTAGES = ["connection", "timeout", "internal_server"];

/** The number of requests of an hour that are left to others. */
const reserveOf = ({ limit }) => Math.floor(limit / RESERVE);

/** When the last of so many requests can be sent, if all others of this hour and the next ones keep to the reserve. */
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
  // Where the hour should be over and is not, or takes longer than one, the clocks differ.
  return left > 0 ? Math.min(left, HOUR) + SLACK : UNKNOWN;
};

const isUsedUp = (rateLimit) => rateLimit && rateLimit.remaining <= reserveOf(rateLimit);

/**
 * Returns a function that calls `send` as soon as the quota of `api` allows a request, and again after a failure that
 * says nothing against it. A request that may have changed something is never repeated. `onWait` is told until when
 * it waits. Where nothing has worked yet (`hasWorked`) the address is wrong, as like as not: nobody is kept waiting for
 * that.
 */
export const createPace = (api, { signal, onWait, hasWorked = false }) => {
  // Before the first request of this run the quota may be of an hour that is over.
  const { rateLimit: last } = api;
  let until = isUsedUp(last) && last.resetAt > Date.now() ? last.resetAt.getTime() + SLACK : 0;

  const pause = async () => {
    if (until > Date.now()) onWait?.(new Date(until));
    for (let left = until - Date.now(); left > 0; left = until - Date.now())
      await sleep(Math.min(left, SLICE), signal);
  };

  /** How many milliseconds to wait after an error; undefined if it is final. */
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
