// The entry `collins-customers/bulk/worker`: a worker of a page that checks files for it. in-worker.js asks it, by a
// port for each check and for each walk over what the check found. The first message on each says that the worker is there.

import { checkFile } from "./index.js";

/** How many customers or issues are sent at a time: a message costs more than any of them. */
const BATCH = 500;

const READY = { what: "ready" };

const told = ({ name, message }) => ({ what: "error", error: { name, message } });

/** Gives what an iterator gives that `begin` makes, so many at a time as the page asks for them. */
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
