// The rows that were not imported, as a file like the original, with the reason in the last column.

import { readRows } from "./check.js";
import { cellOf } from "./csv.js";

/** The name of the last column, or of a key. It is not a name of any field, so the next import ignores it. */
const REASON = "not imported because";

const MARK = "\uFEFF";
const UTF8_MARK = [0xef, 0xbb, 0xbf];

const sentences = (issues) =>
  issues
    .map(({ path, message }) => `${path.length ? `${path.join(".")}: ` : ""}${message}`)
    .join("; ");

/** Returns whether the file begins with the byte-order mark of UTF-8. */
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

/** Adds a cell to a row of CSV. The first rows of a file are not customers; the header is the last of them. */
const rowOfTable = (text, { row, missing }, reason, { delimiter }) => {
  if (row === 0) return `${text}${reason ? `${delimiter}${reason}` : ""}\r\n`;
  return `${text}${delimiter.repeat(missing + 1)}${cellOf(reason)}\r\n`;
};

/** Adds a key to a JSON object. A damaged one is left as it is, followed by the reason. */
const objectOf = (text, reason) => {
  const [, inside] = /^(\{.*)\}\s*$/s.exec(text) ?? [];
  if (inside === undefined) return `${text} ${reason}`;
  const comma = inside.trim() === "{" ? "" : ",";
  return `${inside}${comma}${JSON.stringify(REASON)}:${JSON.stringify(reason)}}`;
};

/**
 * The bytes of the file, row by row. `reasonOf` returns the issues of a row that are not in the file itself, or
 * undefined.
 */
export async function* restOf(input, options, reasonOf) {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const encoder = new TextEncoder();
  let before = 0;
  let mark = (await hasMark(input)) ? MARK : "";
  let written = 0;
  let last;
  for await (const row of readRows(input, options)) {
    const { bytes, issues, dialect, encode } = row;
    const { encoding, format, header, preamble } = dialect;
    const reasons = row.row === 0 ? undefined : (issues ?? reasonOf(row.row));
    const isHeader = row.row === 0 && header && before++ === preamble;
    last = row;
    if (row.row > 0 && !reasons) continue;
    if (encoding.startsWith("utf-16") && written === 0) mark = MARK;
    const reason = reasons ? sentences(reasons) : isHeader ? REASON : "";
    if (encoding === "utf-8" && format === "csv") {
      // Bytes that are not UTF-8 stay as they are.
      const end = rowOfTable("", row, reason, dialect);
      yield joined([encoder.encode(mark), bytes, encoder.encode(end)]);
    } else {
      const text = decoder.decode(bytes);
      const begin = format === "json" ? (written === 0 ? "[\n" : ",\n") : "";
      const end = format === "ndjson" ? "\n" : "";
      const whole =
        format === "csv"
          ? rowOfTable(text, row, reason, dialect)
          : `${begin}${objectOf(text, reason)}${end}`;
      yield encode(`${mark}${whole}`);
    }
    mark = "";
    written++;
  }
  if (last?.dialect.format === "json") yield last.encode(written ? "\n]\n" : "[]\n");
}
