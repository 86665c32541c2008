// The rows that were not imported, as a file like the one they came from, with the reason as the last column.

import { readRows } from "./check.js";
import { cellOf } from "./csv.js";

/** The name of the last column. No field is known by it, so that the next import leaves it out. */
const REASON = "not imported because";

const UTF8_MARK = [0xef, 0xbb, 0xbf];

const sentences = (issues) =>
  issues
    .map(({ path, message }) => `${path.length ? `${path.join(".")}: ` : ""}${message}`)
    .join("; ");

/** Whether the file begins with a mark of its encoding. */
const hasMark = async (input) => {
  for await (const chunk of input.chunks())
    return UTF8_MARK.every((byte, at) => chunk[at] === byte);
  return false;
};

const joined = (parts) => {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
};

/**
 * The bytes of the file, row by row. `reasonOf` gives the issues of a row that the file itself does not have, or
 * undefined.
 */
export async function* restOf(input, options, reasonOf) {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  let isFirst = true;
  let before = 0;
  for await (const { row, bytes, missing, issues, dialect, encode } of readRows(input, options)) {
    const { encoding, delimiter, header, preamble } = dialect;
    const isHeader = row === 0 && header && before === preamble;
    if (row === 0) before++;
    const reasons = row === 0 ? undefined : (issues ?? reasonOf(row));
    if (row > 0 && !reasons) continue;
    const more = isHeader
      ? `${delimiter}${REASON}`
      : reasons
        ? `${delimiter.repeat(missing + 1)}${cellOf(sentences(reasons))}`
        : "";
    const end = `${more}\r\n`;
    if (encoding === "utf-8") {
      const mark = isFirst && (await hasMark(input)) ? UTF8_MARK : [];
      yield joined([mark, bytes, encoder.encode(end)]);
    } else {
      const mark = isFirst && encoding !== "windows-1252" ? "\uFEFF" : "";
      yield encode(`${mark}${decoder.decode(bytes)}${end}`);
    }
    isFirst = false;
  }
}
