// A check by a worker of the page: see worker.js.

import { createIssues } from "./pages.js";

const errorOf = ({ name, message }) =>
  name === "TypeError" ? new TypeError(message) : Object.assign(new Error(message), { name });

/** What a worker gives, batch by batch. */
async function* batches(open) {
  const { port1, port2 } = new MessageChannel();
  open(port2);
  const next = () =>
    new Promise((resolve) => {
      port1.onmessage = ({ data }) => resolve(data);
      port1.postMessage(true);
    });
  try {
    for (;;) {
      const { items, isDone, error } = await next();
      if (error) throw errorOf(error);
      yield* items;
      if (isDone) return;
    }
  } finally {
    // Whoever stops early wants no more of it.
    port1.postMessage(false);
    port1.close();
  }
}

const isStream = (file) => typeof ReadableStream === "function" && file instanceof ReadableStream;

/** The report of `checkFile`, made by a worker. */
export const checkInWorker = (worker, file, { onProgress, signal, ...options }) =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const { port1, port2 } = new MessageChannel();
    const open = (what) => (port) => port1.postMessage({ what, port }, [port]);
    const ends = [];
    const end = (settle, value) => {
      for (const each of ends) each();
      settle(value);
    };
    const on = (target, type, listener) => {
      target?.addEventListener(type, listener);
      ends.push(() => target?.removeEventListener(type, listener));
    };
    on(signal, "abort", () => {
      port1.postMessage({ what: "abort" });
      end(reject, signal.reason);
    });
    on(worker, "error", ({ message }) =>
      end(reject, new Error(`The worker that checks the file failed: ${message}`)),
    );
    port1.onmessage = ({ data: { progress, error, report, issues } }) => {
      if (progress) onProgress?.(progress);
      else if (error) end(reject, errorOf(error));
      else
        end(resolve, {
          ...report,
          issues: createIssues(issues, report.issueCount, () => batches(open("issues"))),
          customers: () => batches(open("customers")),
        });
    };
    try {
      const transfer = isStream(file) ? [port2, file] : [port2];
      worker.postMessage({ file, options, port: port2 }, transfer);
    } catch (error) {
      end(reject, error);
    }
  });
