// The target of an export: a web stream, a Node stream, or a function.

import { isObject } from "../../src/js/own.js";

/** Waits until a Node stream has drained. */
const drained = (stream) =>
  new Promise((resolve, reject) => {
    const end = (settle) => (value) => {
      stream.off("drain", done).off("error", failed).off("close", closed);
      settle(value);
    };
    const done = end(resolve);
    const failed = end(reject);
    const closed = end(() =>
      reject(new Error("The sink was closed before the export was complete")),
    );
    stream.once("drain", done).once("error", failed).once("close", closed);
  });

/**
 * Opens a sink: `write(text, bytes)` takes a text or its bytes, and settles when there is room for more; `end()` is
 * called after the last one, and `release()` in any case. A web stream gets bytes and is closed at the end.
 */
export const openSink = (sink) => {
  if (typeof sink === "function") return { write: async (text) => sink(text) };
  if (isObject(sink) && typeof sink.getWriter === "function") {
    const writer = sink.getWriter();
    return {
      write: async (_, bytes) => {
        await writer.ready;
        await writer.write(bytes);
      },
      end: () => writer.close(),
      release: () => writer.releaseLock(),
    };
  }
  if (isObject(sink) && typeof sink.write === "function")
    return {
      write: async (text) => {
        const hasRoom = await sink.write(text);
        if (hasRoom === false && typeof sink.once === "function") await drained(sink);
      },
    };
  throw new TypeError(
    "The sink must be a WritableStream, an object with write(text), or a function",
  );
};
