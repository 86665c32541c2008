// A check by a worker of the page: see worker.js.
//
// If its script cannot be loaded, a worker reports that once, to the listeners at that moment, and then never again. So
// a worker first has to report that it is ready, and only then it gets the file.

import { createIssues } from "./pages.js";

/** The time for a worker to report that it is ready, in milliseconds: its script has to be loaded. */
const PATIENCE = 30_000;

const errorOf = ({ name, message }) =>
  name === "TypeError" ? new TypeError(message) : Object.assign(new Error(message), { name });

/**
 * Opens a line to the worker: `hand` gives it the other end. `hear` gets its messages, the first of which is that it is
 * ready, and `fail` the error if no more will come.
 */
const lineTo = (worker, hand, hear, fail) => {
  const { port1, port2 } = new MessageChannel();
  const undo = [];
  const on = (target, type, listener) => {
    target.addEventListener(type, listener);
    undo.push(() => target.removeEventListener(type, listener));
  };
  /** Stops listening for failures of the worker. Messages can still be sent. */
  const release = () => {
    for (const each of undo.splice(0)) each();
  };
  /** Sends `last` and closes the line. */
  const close = (last) => {
    release();
    port1.onmessage = null;
    port1.postMessage(last);
    port1.close();
  };
  const failed = (why) => {
    close({ what: "stop" });
    fail(new Error(`The worker that checks the file ${why}`));
  };
  const timer = setTimeout(() => {
    failed(
      `did not answer within ${PATIENCE / 1000} s: see that its script is there, and imports collins-customers/bulk/worker`,
    );
  }, PATIENCE);
  undo.push(() => clearTimeout(timer));
  on(worker, "error", ({ message }) =>
    failed(`failed${message ? `: ${message}` : ", or its script could not be loaded"}`),
  );
  for (const target of [worker, port1])
    on(target, "messageerror", () => failed("sent a message that cannot be read"));
  port1.onmessage = ({ data }) => {
    clearTimeout(timer);
    hear(data);
  };
  hand(port2);
  return { say: (message, transfer = []) => port1.postMessage(message, transfer), release, close };
};

/** The items of a worker, batch by batch. `hand` gives it the other end of a line. */
async function* batches(worker, hand) {
  let waiting;
  let failure;
  const hear = (message) => waiting?.resolve(message);
  const fail = (error) => {
    failure = error;
    waiting?.reject(error);
  };
  const line = lineTo(worker, hand, hear, fail);
  const answer = () =>
    new Promise((resolve, reject) => {
      waiting = { resolve, reject };
      if (failure) reject(failure);
    });
  try {
    // The first message is that it is ready.
    await answer();
    for (;;) {
      line.say({ what: "more" });
      const { items, isDone, error } = await answer();
      if (error) throw errorOf(error);
      yield* items;
      if (isDone) return;
    }
  } finally {
    // If the loop was left early, the worker must stop.
    line.close({ what: "stop" });
  }
}

const isStream = (file) => typeof ReadableStream === "function" && file instanceof ReadableStream;

/** The report of `checkFile`, made by a worker. */
export const checkInWorker = (file, { worker, onProgress, signal, ...options }) =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const end = (settle, value) => {
      signal?.removeEventListener("abort", abort);
      settle(value);
    };
    const stop = (error) => {
      line.close({ what: "stop" });
      end(reject, error);
    };
    const abort = () => stop(signal.reason);
    const hand = (what) => (port) => line.say({ what, port }, [port]);
    const hear = ({ what, progress, error, report, issues }) => {
      try {
        if (what === "ready")
          line.say({ what: "check", file, options }, isStream(file) ? [file] : []);
        else if (what === "progress") onProgress?.(progress);
        else if (what === "error") stop(errorOf(error));
        else {
          // The report is used after the check: a later error of the worker is not about it.
          line.release();
          end(resolve, {
            ...report,
            issues: createIssues(issues, report.issueCount, () => batches(worker, hand("issues"))),
            customers: () => batches(worker, hand("customers")),
          });
        }
      } catch (error) {
        // The file cannot be given to a worker, or onProgress failed.
        stop(error);
      }
    };
    const line = lineTo(
      worker,
      (port) => worker.postMessage({ checkFile: port }, [port]),
      hear,
      (error) => end(reject, error),
    );
    signal?.addEventListener("abort", abort);
  });
