// The files that commands read and write.

import { createReadStream, createWriteStream, openSync } from "node:fs";
import { access, stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { lineOf } from "../csv.js";

/** Opens a file for reading, with its size if that is known; `-` is standard input. */
export async function opened(file) {
  if (file === "-") return { stream: process.stdin };
  const { size } = await stat(file);
  return { stream: createReadStream(file), size };
}

/** Opens a file that can be read several times. */
export async function lasting(file) {
  const { size } = await stat(file);
  return { size, stream: () => Readable.toWeb(createReadStream(file)) };
}

export const exists = (file) =>
  access(file).then(
    () => true,
    () => false,
  );

/** Creates a CSV file: `add` writes a row, `end` resolves when all is written. An existing file is not replaced. */
export function newTable(file, names) {
  const stream = createWriteStream(file, { fd: openSync(file, "wx") });
  const add = (cells) => stream.write(lineOf(cells));
  add(names);
  return { file, add, end: () => finished(stream.end()) };
}

/** Creates a CSV file, with a number in its name if the name is taken. */
export function nextTable(name, names) {
  for (let number = 1; ; number++)
    try {
      return newTable(number === 1 ? `${name}.csv` : `${name}-${number}.csv`, names);
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
}
