// The body of an answer as text, read up to a limit.

/** A reader of a body, piece by piece: of a web stream, or of a Node stream as node-fetch has it. */
const readerOf = ({ body, bodyUsed }) => {
  if (bodyUsed || typeof body !== "object" || body === null) return undefined;
  if (typeof body.getReader === "function") {
    const reader = body.getReader();
    return { next: () => reader.read(), end: () => reader.cancel() };
  }
  const pieces = body[Symbol.asyncIterator]?.();
  return pieces && { next: () => pieces.next(), end: () => pieces.return() };
};

/** The text of some pieces. They are decoded at once, because a streaming decoder takes several times as long. */
const decode = (pieces) => {
  if (pieces.length < 2) return new TextDecoder().decode(pieces[0]);
  const all = new Uint8Array(pieces.reduce((size, piece) => size + piece.byteLength, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.byteLength;
  }
  return new TextDecoder().decode(all);
};

/**
 * Reads at most `limit` bytes. `isWhole` is true if there were no more. `signal` ends the reading, even if the stream
 * does not support it. If `isPartEnough`, the part before the stream failed counts as the body.
 */
export const readBody = async (response, limit, signal, isPartEnough = false) => {
  const reader = readerOf(response);
  if (!reader) {
    const text = await response.text();
    return { text: text.slice(0, limit), isWhole: text.length <= limit };
  }
  // An error of the stream is ignored: it is no longer read.
  const stop = () => void (async () => reader.end())().catch(() => {});
  signal.addEventListener("abort", stop);
  // A `fetch` that does not support the signal has resolved too late.
  if (signal.aborted) stop();
  const pieces = [];
  let left = limit;
  try {
    while (left >= 0) {
      const { done, value } = await reader.next();
      if (done) return { text: decode(pieces), isWhole: true };
      const bytes = typeof value === "string" ? new TextEncoder().encode(value) : value;
      pieces.push(bytes.subarray(0, left));
      left -= bytes.byteLength;
    }
    stop();
  } catch (cause) {
    if (!isPartEnough) throw cause;
  }
  return { text: decode(pieces), isWhole: false };
};
