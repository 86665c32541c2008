// Time limits and aborts. Timers and listeners are all here, and none of them outlives the wait that it is for.

// How an attempt ended without an answer. As in core.rs.
export const CONNECTION = -1;
export const TIMEOUT = -2;
export const NO_RESPONSE = -3;
export const ABORTED = -4;
export const NOT_SENT = -5;

/** The longest time that a timer can be set to; beyond it timers fire at once. */
const MAX_TIMER = 2 ** 31 - 1;

/** Why there is no answer. */
export class Stopped {
  constructor(how, cause) {
    this.how = how;
    this.cause = cause;
  }
}

/** Adds or removes a listener. A signal may be of another library, which lacks one of the two methods. */
const listen = (signal, method, listener) => {
  try {
    signal?.[method]?.("abort", listener);
  } catch {
    // Without a listener the call goes on: it has its time limit all the same.
  }
};

/**
 * Runs `start(signal)` until it settles, the time is over or the caller aborts, and leaves no timer and
 * no listener behind. Rejects with a `Stopped`.
 */
export const within = (milliseconds, caller, start) =>
  new Promise((resolve, reject) => {
    if (caller?.aborted) return reject(new Stopped(ABORTED, caller.reason));
    const controller = new AbortController();
    let timer;
    const finish = () => {
      clearTimeout(timer);
      listen(caller, "removeEventListener", abort);
    };
    const stop = (how, cause) => {
      finish();
      reject(new Stopped(how, cause));
      controller.abort(cause);
    };
    const abort = () => stop(ABORTED, caller.reason);
    timer = setTimeout(stop, Math.min(milliseconds, MAX_TIMER), TIMEOUT);
    listen(caller, "addEventListener", abort);
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
export const sleep = (milliseconds, caller) =>
  within(milliseconds, caller, () => new Promise(() => {})).catch((stopped) => {
    if (stopped.how === ABORTED) throw stopped.cause;
  });
