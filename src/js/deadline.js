// Time limits and aborts. All timers and listeners are here, and none of them outlives its wait.

import { LATE, LOST } from "./contract.js";

/** The longest time that a timer can be set to; beyond it timers fire at once. */
const MAX_TIMER = 2 ** 31 - 1;

/** The reason for a missing answer: an event of the core, and the value that was thrown. */
export class Stopped {
  constructor(event, cause) {
    this.event = event;
    this.cause = cause;
  }
}

/** Adds or removes a listener. A signal of another library may lack one of the two methods. */
const listen = (signal, method, listener) => {
  try {
    signal?.[method]?.("abort", listener);
  } catch {
    // Without a listener the call continues: it still has its time limit.
  }
};

/**
 * Runs `start(signal)` until it settles, the time is over or the caller aborts, and leaves no timer and
 * no listener behind. Rejects with a `Stopped`, or with the caller's reason.
 */
export const within = (milliseconds, caller, start) =>
  new Promise((resolve, reject) => {
    if (caller?.aborted) return reject(caller.reason);
    const controller = new AbortController();
    let timer;
    const finish = () => {
      clearTimeout(timer);
      listen(caller, "removeEventListener", abort);
    };
    const stop = (why, reason) => {
      finish();
      reject(why);
      controller.abort(reason);
    };
    const abort = () => stop(caller.reason, caller.reason);
    timer = setTimeout(stop, Math.min(milliseconds, MAX_TIMER), new Stopped(LATE));
    listen(caller, "addEventListener", abort);
    start(controller.signal).then(
      (value) => {
        finish();
        resolve(value);
      },
      (cause) => {
        finish();
        reject(cause instanceof Stopped ? cause : new Stopped(LOST, cause));
      },
    );
  });

/** Waits, or rejects when the caller aborts. */
export const sleep = (milliseconds, caller) =>
  within(milliseconds, caller, () => new Promise(() => {})).catch((stopped) => {
    if (!(stopped instanceof Stopped)) throw stopped;
  });
