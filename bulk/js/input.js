// The bytes of the user's input: a file, a stream, bytes or a string.

import { isObject } from "../../src/js/own.js";

/** The size of a chunk: large enough that a call of the module costs nothing, small enough to stay in the caches. */
const CHUNK = 128 * 1024;

function* pieces(bytes) {
  for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK);
}

function* encoded(text) {
  const encoder = new TextEncoder();
  for (let at = 0; at < text.length; ) {
    let end = at + CHUNK;
    // Keeps both halves of a surrogate pair together.
    if ((text.charCodeAt(end - 1) & 0xfc00) === 0xd800) end++;
    yield encoder.encode(text.slice(at, end));
    at = end;
  }
}

/** Yields the bytes of a stream until the signal aborts, even while it waits. The stream is then cancelled. */
async function* streamed(stream, signal) {
  const reader = stream.getReader();
  const stop = () => reader.cancel(signal?.reason).catch(() => {});
  signal?.addEventListener("abort", stop, { once: true });
  try {
    while (!signal?.aborted) {
      const { done, value } = await reader.read();
      if (done) return;
      yield* pieces(bytesOf(value));
    }
  } finally {
    signal?.removeEventListener("abort", stop);
    // If the loop was left early, the stream is cancelled.
    stop();
  }
}

async function* iterated(iterable, signal) {
  const iterator = iterable[Symbol.asyncIterator]();
  let stop;
  const stopped = new Promise((resolve) => {
    stop = () => resolve({ done: true });
  });
  signal?.addEventListener("abort", stop, { once: true });
  let isDone = false;
  try {
    while (!signal?.aborted) {
      const { done, value } = await Promise.race([iterator.next(), stopped]);
      isDone = done && !signal?.aborted;
      if (done) return;
      yield* pieces(bytesOf(value));
    }
  } finally {
    signal?.removeEventListener("abort", stop);
    // It may never settle, so it is not awaited.
    if (!isDone) Promise.resolve(iterator.return?.()).catch(() => {});
  }
}

const bytesOf = (value) => {
  if (value instanceof Uint8Array) return value;
  if (ArrayBuffer.isView(value))
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  throw new TypeError("A stream of a file must give bytes (Uint8Array)");
};

/**
 * Recognises an input: `chunks(signal)` yields its bytes, any number of times if `isLasting`; `size` is their number,
 * if known; `isText` is true if they are certainly UTF-8.
 */
export const readInput = (input) => {
  if (typeof input === "string")
    return { isLasting: true, isText: true, chunks: () => encoded(input) };
  if (isObject(input)) {
    if (ArrayBuffer.isView(input) || input instanceof ArrayBuffer) {
      const bytes = bytesOf(input);
      return { isLasting: true, size: bytes.length, chunks: () => pieces(bytes) };
    }
    if (typeof input.stream === "function")
      return {
        isLasting: true,
        size: input.size,
        chunks: (signal) => streamed(input.stream(), signal),
      };
    if (typeof input.getReader === "function")
      return { isLasting: false, chunks: (signal) => streamed(input, signal) };
    if (Symbol.asyncIterator in input)
      return { isLasting: false, chunks: (signal) => iterated(input, signal) };
  }
  throw new TypeError(
    "The file must be a File or Blob, a stream of bytes, bytes (Uint8Array or ArrayBuffer) or a text",
  );
};
