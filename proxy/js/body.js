// Bodies as bytes, within bounds.

/** JSON in UTF-8, said in the only ways that nobody reads otherwise. */
const JSON_TYPE = /^application\/json(?:; ?charset=(?:utf-8|"utf-8"))?$/i;

/** Whether these headers say that a body is JSON, and as it is. */
export const isJson = (headers) =>
  JSON_TYPE.test(headers.get("content-type") ?? "") && !headers.has("content-encoding");

/** Whether an answer says that its body is JSON, whatever else it says. */
export const looksLikeJson = (headers) =>
  /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(headers.get("content-type") ?? "");

/**
 * The bytes of a stream; undefined if there are more than `most`, without reading them. Nothing counts but what
 * comes: a length is easily said.
 */
export async function readBytes(stream, most, signal) {
  if (!stream) return new Uint8Array();
  const reader = stream.getReader();
  const stop = () => reader.cancel().catch(() => {});
  signal?.addEventListener("abort", stop, { once: true });
  try {
    const chunks = [];
    let length = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.byteLength;
      if (length > most) {
        stop();
        return undefined;
      }
      chunks.push(value);
    }
    // A stream that was stopped ends as if it were whole.
    signal?.throwIfAborted();
    if (chunks.length === 1) return chunks[0];
    const bytes = new Uint8Array(length);
    let at = 0;
    for (const chunk of chunks) {
      bytes.set(chunk, at);
      at += chunk.byteLength;
    }
    return bytes;
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}
