// The files that commands read and write.

import { createReadStream, createWriteStream, openSync } from "node:fs";
import { access, stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { lineOf } from "../csv.js";

/** A file to be read, with its size where that is known; `-` is standard input. */
export async function opened(file) {
  if (file === "-") return { stream: process.stdin };
  const { size } = await stat(file);
  return { stream: createReadStream(file), size };
}

/** A file that can be read again and again. */
export async function lasting(file) {
  const { size } = await stat(file);
  return { size, stream: () => Readable.toWeb(createReadStream(file)) };
}

export const exists = (file) =>
  access(file).then(
    () => true,
    () => false,
  );

/** A new file of CSV: `add` writes a row, `end` resolves when all is written. No file that is there is replaced. */
export function newTable(file, names) {
  const stream = createWriteStream(file, { fd: openSync(file, "wx") });
  const add = (cells) => stream.write(lineOf(cells));
  add(names);
  return { file, add, end: () => finished(stream.end()) };
}

/** A new file of CSV that has a number in its name if there is one without. */
export function nextTable(name, names) {
  for (let number = 1; ; number++)
    try {
      return newTable(number === 1 ? `${name}.csv` : `${name}-${number}.csv`, names);
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
}
