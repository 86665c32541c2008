// The rows that were not imported, as a file like the original, with the reason in the last column.

import { readRows } from "./check.js";
import { cellOf } from "./csv.js";

/**
 * The name of the last column, or of the last key. No field is known by it, so that the next import leaves it out and
 * puts its own there: see `REASON` in src/columns.rs.
 */
const REASON = "not imported because";

const MARK = "\uFEFF";
const UTF8_MARK = [0xef, 0xbb, 0xbf];

/** What ends each row. The items of a list have something between them. */
const LINE_ENDS = { csv: "\r\n", ndjson: "\n", json: "" };

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

/** Returns whether bytes end with others. In a damaged row nothing else shows where an earlier reason begins. */
const hasEnd = (bytes, end) =>
  end.every((byte, at) => byte === bytes[bytes.length - end.length + at]);

/** The end of a row of CSV, which has one cell more. The first rows are not customers; the header is the last of them. */
const endOfRow = ({ row, missing }, reason, { delimiter }) => {
  if (row === 0) return `${reason && delimiter}${reason}`;
  return `${delimiter.repeat(missing + 1)}${cellOf(reason)}`;
};

/**
 * The end of an object of JSON, which has one key more. What is not an object stays damaged, with the reason behind it:
 * as a string, in which a comma divides no items of a list.
 */
const endOfObject = ({ bytes, missing }, reason) =>
  missing
    ? `${bytes.length > 1 ? "," : ""}${JSON.stringify(REASON)}:${JSON.stringify(reason)}}`
    : ` ${JSON.stringify(`${reason}. Remove this text once the row is correct`)}`;

/**
 * The bytes of the file, row by row. `reasonOf` returns the issues of a row that are not in the file itself, or
 * undefined.
 */
export async function* restOf(input, options, reasonOf) {
  const encoder = new TextEncoder();
  const isMarked = await hasMark(input);
  let before = 0;
  let written = 0;
  let last;
  for await (const row of readRows(input, options)) {
    last = row;
    const { bytes, issues, dialect } = row;
    const { encoding, format, header, preamble } = dialect;
    const reasons = row.row === 0 ? undefined : (issues ?? reasonOf(row.row));
    const isHeader = row.row === 0 && header && before++ === preamble;
    if (row.row > 0 && !reasons) continue;
    const isFirst = written++ === 0;
    const hasMark = encoding === "utf-8" ? isMarked : encoding.startsWith("utf-16");
    const mark = isFirst && hasMark ? MARK : "";
    const reason = reasons ? sentences(reasons) : isHeader ? REASON : "";
    const end = encoder.encode(
      format === "csv" ? endOfRow(row, reason, dialect) : endOfObject(row, reason),
    );
    const parts = [
      encoder.encode(`${mark}${format === "json" ? (isFirst ? "[\n" : ",\n") : ""}`),
      bytes,
      ...(hasEnd(bytes, end) ? [] : [end]),
      encoder.encode(LINE_ENDS[format]),
    ];
    yield row.encode(joined(parts));
  }
  if (last?.dialect.format === "json")
    yield last.encode(encoder.encode(written ? "\n]\n" : "[]\n"));
}
