// Observes the calls of the page's client: the requests of each one, their times, and the waits between them.

import { faultOf } from "./faults.js";

/** Replaces the token on the page, so that nobody reads it over a shoulder. */
const MASK = "Bearer ••••";

/**
 * The client, with every call observed. Each call has its own client with its own hooks, so that two simultaneous calls
 * can be distinguished. `send` is the underlying `fetch`; `show` is called with a call whenever it has changed.
 */
export function observed(api, { send = (...request) => fetch(...request), show }) {
  let rateLimit = null;

  const through =
    (method) =>
    (...values) => {
      const call = { method, values, began: performance.now(), steps: [], rateLimit: null };
      const client = api.withOptions({
        fetch: sending(call, send, show),
        onResponse(event) {
          rateLimit = event.rateLimit ?? rateLimit;
          call.rateLimit = rateLimit;
          endAttempt(call, `${event.status}`, event.status < 400);
          show(call);
        },
        onRetry({ reason, waitMs }) {
          endAttempt(call, reason);
          call.steps.push({ began: performance.now(), waitMs, reason });
          show(call);
        },
      });
      const answer = client[method](...values);
      const end = (error) => {
        call.ended = performance.now();
        call.failed = Boolean(error);
        endAttempt(call, error?.name);
        // A call that the package refuses sends nothing: there is nothing to show.
        if (call.steps.length > 0) show(call);
      };
      answer.then(() => end(), end);
      return answer;
    };

  return {
    list: through("list"),
    get: through("get"),
    create: through("create"),
    update: through("update"),
    delete: through("delete"),
    get rateLimit() {
      return rateLimit;
    },
  };
}

/** A `fetch` that records each request of a call as an attempt, and applies the fault that is switched on. */
const sending = (call, send, show) => async (url, options) => {
  const number = call.steps.filter(isAttempt).length + 1;
  const fault = faultOf(number);
  const headers = new Headers(options.headers);
  if (fault && fault !== "offline") headers.set("x-sandbox-fault", fault);
  const attempt = { number, began: performance.now(), request: describe(url, options, headers) };
  endWait(call);
  call.steps.push(attempt);
  show(call);
  if (fault === "offline") throw new TypeError("The page pretends to be offline");
  const response = await send(url, { ...options, headers });
  attempt.status = response.status;
  return response;
};

/** Returns whether a step is an attempt; the others are waits. */
export const isAttempt = (step) => step.number !== undefined;

function endWait({ steps }) {
  const wait = steps.at(-1);
  if (wait) wait.ended ??= performance.now();
}

/** Ends the current attempt. `how` is the status, or the name of an error. */
function endAttempt({ steps }, how, isGood = false) {
  const attempt = steps.at(-1);
  if (!attempt || attempt.ended) return;
  attempt.ended = performance.now();
  attempt.how = how;
  attempt.isGood = isGood;
}

/** A request as it was sent. */
function describe(url, { method = "GET", body }, headers) {
  const lines = Array.from(headers, ([name, value]) =>
    name === "authorization" ? [name, MASK] : [name, value],
  );
  return { method, url, headers: lines, body: typeof body === "string" ? body : undefined };
}
