// The entry `collins-customers/bulk/worker`: a worker of a page that checks files for it. in-worker.js talks to it
// through a port for each check and for each walk over the results. The first message on each port is that the worker
// is ready.

import { checkFile } from "./index.js";

/** The number of customers or issues in a message: a message costs more than any of them. */
const BATCH = 500;

const READY = { what: "ready" };

const told = ({ name, message }) => ({ what: "error", error: { name, message } });

/** Sends the items of the iterator that `begin` makes, in batches, when the page asks for them. */
const serve = (begin, port) => {
  let iterator;
  port.onmessage = async ({ data: { what } }) => {
    if (what === "stop") {
      port.close();
      await iterator?.return();
      return;
    }
    try {
      iterator ??= begin();
      const items = [];
      let isDone = false;
      while (items.length < BATCH && !isDone) {
        const { done, value } = await iterator.next();
        isDone = done;
        if (!done) items.push(value);
      }
      port.postMessage({ what: "items", items, isDone });
    } catch (error) {
      port.postMessage(told(error));
    }
  };
  port.postMessage(READY);
};

const answer = (port) => {
  const controller = new AbortController();
  let report;
  const check = async ({ file, options }) => {
    try {
      report = await checkFile(file, {
        ...options,
        signal: controller.signal,
        onProgress: (progress) => port.postMessage({ what: "progress", progress }),
      });
      const { customers: _, issues, ...rest } = report;
      port.postMessage({ what: "report", report: rest, issues: [...issues] });
    } catch (error) {
      port.postMessage(told(error));
    }
  };
  port.onmessage = ({ data }) => {
    const { what, port: other } = data;
    if (what === "check") check(data);
    else if (what === "stop") {
      controller.abort();
      port.close();
    } else if (what === "issues") serve(() => report.issues[Symbol.asyncIterator](), other);
    else serve(() => report.customers(), other);
  };
  port.postMessage(READY);
};

// If there are no such workers, the import does nothing.
globalThis.addEventListener?.("message", ({ data }) => {
  if (data?.checkFile instanceof MessagePort) answer(data.checkFile);
});
