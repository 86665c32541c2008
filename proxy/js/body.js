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
 * A reader of a stream, if there is one. If the length is known and the platform can wait for so many bytes (workerd's
 * `readAtLeast`), it is one that can: such a body then comes in one step, without another for its end.
 */
export const readerOf = (stream, length) => {
  if (Number.isInteger(length) && length >= 0) {
    try {
      const reader = stream.getReader({ mode: "byob" });
      if (reader.readAtLeast) return reader;
      reader.releaseLock();
    } catch {
      // There is no stream, or one that cannot.
    }
  }
  return stream?.getReader();
};

/**
 * The bytes that a reader gives; undefined if there are more than `most`, without reading them. Nothing counts but
 * what comes: a length is easily said.
 */
export async function readBytes(reader, most, length) {
  const chunks = [];
  // One byte more than are said to come, so that it is known whether there are any.
  const room = length + 1;
  let total = 0;
  while (reader) {
    const { done, value } = await (reader.readAtLeast
      ? reader.readAtLeast(room, new Uint8Array(room))
      : reader.read());
    if (done) break;
    total += value.byteLength;
    if (total > most) {
      reader.cancel().catch(() => {});
      return undefined;
    }
    chunks.push(value);
    if (value.byteLength < room && reader.readAtLeast) break;
  }
  if (chunks.length === 1) return chunks[0];
  const bytes = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}
