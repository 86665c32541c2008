// The body of an answer as text, of which no more is read than is wanted.

/** What reads a body piece by piece: of a web stream, or of a stream of Node's as node-fetch gives it. */
const readerOf = ({ body, bodyUsed }) => {
  if (bodyUsed || typeof body !== "object" || body === null) return undefined;
  if (typeof body.getReader === "function") {
    const reader = body.getReader();
    return { next: () => reader.read(), end: () => reader.cancel() };
  }
  const pieces = body[Symbol.asyncIterator]?.();
  return pieces && { next: () => pieces.next(), end: () => pieces.return() };
};

/**
 * Reads at most `limit` bytes and gives each text to `take` as it comes. Resolves to whether there was no
 * more. `signal` ends the reading, also of a stream that knows nothing of it.
 */
export const readBody = async (response, limit, signal, take) => {
  const reader = readerOf(response);
  if (!reader) {
    const text = await response.text();
    take(text.slice(0, limit));
    return text.length <= limit;
  }
  // What the stream says to that is of no interest: nobody reads it any more.
  const end = async () => reader.end().catch(() => {});
  const stop = () => void end().catch(() => {});
  signal.addEventListener("abort", stop);
  const decoder = new TextDecoder();
  for (let left = limit; ; ) {
    const { done, value } = await reader.next();
    if (done) {
      take(decoder.decode());
      return true;
    }
    const bytes = typeof value === "string" ? new TextEncoder().encode(value) : value;
    take(decoder.decode(bytes.subarray(0, left), { stream: true }));
    left -= bytes.byteLength;
    if (left < 0) {
      stop();
      return false;
    }
  }
};
