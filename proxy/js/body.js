// Bodies as bytes, up to a limit.

/** The media types that every reader takes for JSON in UTF-8. */
const JSON_TYPE = /^application\/json(?:; ?charset=(?:utf-8|"utf-8"))?$/i;

/** Returns whether these headers declare a body as JSON, without an encoding. */
export const isJson = (headers) =>
  JSON_TYPE.test(headers.get("content-type") ?? "") && !headers.has("content-encoding");

/** Returns whether an answer declares its body as JSON, with any parameters. */
export const looksLikeJson = (headers) =>
  /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(headers.get("content-type") ?? "");

/**
 * A reader of a stream, if there is one. If the length is known and the platform can wait for that many bytes
 * (workerd's `readAtLeast`), the reader can: the body then arrives in one step, without another one for its end.
 */
export const readerOf = (stream, length) => {
  if (Number.isInteger(length) && length >= 0) {
    try {
      const reader = stream.getReader({ mode: "byob" });
      if (reader.readAtLeast) return reader;
      reader.releaseLock();
    } catch {
      // There is no stream, or it does not support this.
    }
  }
  return stream?.getReader();
};

/**
 * The bytes of a reader; undefined if there are more than `most`, without reading them. Only the bytes that arrive
 * count: a declared length may be wrong.
 */
export async function readBytes(reader, most, length) {
  const chunks = [];
  // One byte more than declared, to find out whether there are any.
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
  return joined(chunks);
}

/** Puts pieces of bytes together; a single one is not copied. */
export const joined = (chunks) => {
  if (chunks.length === 1) return chunks[0];
  const bytes = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.byteLength, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
};
