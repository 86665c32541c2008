// The rows that were not imported, as a file like the one they came from, with the reason as the last column.

import { readRows } from "./check.js";
import { cellOf } from "./csv.js";

/** The name of the last column, or of a key. No field is known by it, so that the next import leaves it out. */
const REASON = "not imported because";

const MARK = "\uFEFF";
const UTF8_MARK = [0xef, 0xbb, 0xbf];

const sentences = (issues) =>
  issues
    .map(({ path, message }) => `${path.length ? `${path.join(".")}: ` : ""}${message}`)
    .join("; ");

/** Whether the file begins with the mark of UTF-8. */
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

/** A row of CSV with one cell more. The first rows of a file are not customers; its header is the last of them. */
const rowOfTable = (text, { row, missing }, reason, { delimiter }) => {
  if (row === 0) return `${text}${reason ? `${delimiter}${reason}` : ""}\r\n`;
  return `${text}${delimiter.repeat(missing + 1)}${cellOf(reason)}\r\n`;
};

/** An object of JSON with one key more. What is not an object stays damaged, with the reason behind it. */
const objectOf = (text, reason) => {
  const [, inside] = /^(\{.*)\}\s*$/s.exec(text) ?? [];
  if (inside === undefined) return `${text} ${reason}`;
  const comma = inside.trim() === "{" ? "" : ",";
  return `${inside}${comma}${JSON.stringify(REASON)}:${JSON.stringify(reason)}}`;
};

/**
 * The bytes of the file, row by row. `reasonOf` gives the issues of a row that the file itself does not have, or
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
      // What is not UTF-8 stays as it is.
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
