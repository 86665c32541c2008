// The entry `collins-customers/bulk/worker`: a worker of a page that checks files for it. in-worker.js asks it.

import { checkFile } from "./index.js";

/** How many customers or issues are sent at a time: a message costs more than any of them. */
const BATCH = 500;

const told = ({ name, message }) => ({ error: { name, message } });

/** Gives what an iterator gives that `begin` makes, so many at a time as the page asks for them. */
const serve = (begin, port) => {
  let iterator;
  port.onmessage = async ({ data: isWanted }) => {
    if (!isWanted) {
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
      port.postMessage({ items, isDone });
    } catch (error) {
      port.postMessage(told(error));
    }
  };
};

const answer = async ({ file, options, port }) => {
  const controller = new AbortController();
  let report;
  port.onmessage = ({ data: { what, port } }) => {
    if (what === "abort") controller.abort();
    else if (what === "issues") serve(() => report.issues[Symbol.asyncIterator](), port);
    else serve(() => report.customers(), port);
  };
  try {
    report = await checkFile(file, {
      ...options,
      signal: controller.signal,
      onProgress: (progress) => port.postMessage({ progress }),
    });
    const { customers: _, issues, ...rest } = report;
    port.postMessage({ report: rest, issues: [...issues] });
  } catch (error) {
    port.postMessage(told(error));
  }
};

// Where there are no such workers, the import does nothing.
globalThis.addEventListener?.("message", ({ data }) => {
  if (data?.port instanceof MessagePort) answer(data);
});
