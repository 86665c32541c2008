// One request, one wait: the effects that Rust decides on (client.rs, retry.rs).

// As in client.rs.
const CONNECTION = 0;
const TIMEOUT = 1;
const ABORTED = 2;
const NO_RESPONSE = 3;

/** The longest time a timer can be set to; beyond it timers fire at once. */
const MAX_TIMER = 2 ** 31 - 1;

/**
 * Runs `start(signal)` until it settles, the time is over or the caller aborts, and leaves no timer and
 * no listener behind. Rejects with `[failure, cause]`.
 */
const within = (milliseconds, caller, start) =>
  new Promise((resolve, reject) => {
    if (caller?.aborted) return reject([ABORTED, caller.reason]);
    const controller = new AbortController();
    let timer;
    const finish = () => {
      clearTimeout(timer);
      caller?.removeEventListener("abort", abort);
    };
    const stop = (failure, cause) => {
      finish();
      reject([failure, cause]);
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
        reject(cause instanceof NoResponse ? [NO_RESPONSE] : [CONNECTION, cause]);
      },
    );
  });

class NoResponse {}

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

/** Sends one request. Resolves to `[response, text]`, the body as text. */
export const attempt = (fetch, url, method, headers, body, milliseconds, caller, limit) =>
  within(milliseconds, caller, async (signal) => {
    // Called unbound; `manual`, because a redirect would take the token to another place.
    const response = await (fetch ?? globalThis.fetch)(url, { method, headers, body, signal, redirect: "manual" });
    // Structurally: a response of another realm is one too.
    if (typeof response?.status !== "number" || typeof response.text !== "function" || typeof response.headers?.get !== "function")
      throw new NoResponse();
    return [response, response.ok ? await response.text() : await readError(response, limit)];
  });

/** Waits. Rejects with `[failure, cause]` when the caller aborts. */
export const sleep = (milliseconds, caller) =>
  within(milliseconds, caller, () => new Promise(() => {})).catch((reason) => {
    if (reason[0] !== TIMEOUT) throw reason;
  });

/** Calls the user's function for a token. */
export const askToken = (token, milliseconds, caller) => within(milliseconds, caller, async () => token());
