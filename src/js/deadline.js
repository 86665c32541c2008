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
    signal[method]("abort", listener);
  } catch {
    // Without a listener the call continues: it still has its time limit.
  }
};

/** The waits for each signal: the functions that end them. */
const waits = new WeakMap();

/**
 * Calls `abort` when the signal aborts, until the returned function is called. All waits for a signal share one
 * listener, because Node 20 warns of a leak if there are more than ten.
 */
const whenAborted = (signal, abort) => {
  let aborts = waits.get(signal);
  if (!aborts) {
    aborts = new Set();
    aborts.all = () => {
      for (const each of aborts) each();
    };
    waits.set(signal, aborts);
    listen(signal, "addEventListener", aborts.all);
  }
  aborts.add(abort);
  return () => {
    if (!aborts.delete(abort) || aborts.size) return;
    waits.delete(signal);
    listen(signal, "removeEventListener", aborts.all);
  };
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
    let forget;
    const finish = () => {
      clearTimeout(timer);
      forget?.();
    };
    const stop = (why, reason) => {
      finish();
      reject(why);
      controller.abort(reason);
    };
    const abort = () => stop(caller.reason, caller.reason);
    timer = setTimeout(stop, Math.min(milliseconds, MAX_TIMER), new Stopped(LATE));
    if (caller) forget = whenAborted(caller, abort);
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
