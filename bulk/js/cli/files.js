// The files that commands read and write.

import { createReadStream, createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { finished } from "node:stream/promises";

/** A file to be read, with its size where that is known; `-` is standard input. */
export async function opened(file) {
  if (file === "-") return { stream: process.stdin };
  const { size } = await stat(file);
  return { stream: createReadStream(file), size };
}

/** A cell that no spreadsheet runs, and that ends where it should. */
const cell = (value) => {
  const text = String(value);
  const safe = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** A new file of CSV: `add` writes a row, `end` resolves when all is written. No file that is there is replaced. */
export async function newTable(file, names) {
  const stream = createWriteStream(file, { flags: "wx" });
  await new Promise((resolve, reject) => stream.once("open", resolve).once("error", reject));
  const add = (cells) => stream.write(`${cells.map(cell).join(",")}\r\n`);
  add(names);
  return { add, end: () => finished(stream.end()) };
}
