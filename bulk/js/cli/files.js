// The files that commands read and write.

import { createReadStream, createWriteStream, openSync } from "node:fs";
import { access, open, stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { lineOf } from "../csv.js";

/** The first bytes of the files that spreadsheets save by default. */
const WORKBOOKS = ["504b0304", "d0cf11e0"];

/** Refuses a file that contains no text. Its rows would be refused one by one, with reasons that help nobody. */
async function refuseWorkbook(path, info) {
  // What is read from a pipe is gone.
  if (!info.isFile()) return;
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    if (WORKBOOKS.includes(buffer.toString("hex", 0, bytesRead)))
      throw new Error(
        `${path} is a workbook, which only spreadsheets read: open it there, save it as "CSV UTF-8", and give that file`,
      );
  } finally {
    await file.close();
  }
}

/** Opens a file for reading, with its size if that is known; `-` is standard input. */
export async function opened(file) {
  if (file === "-") return { stream: process.stdin };
  const info = await stat(file);
  await refuseWorkbook(file, info);
  return { stream: createReadStream(file), size: info.size };
}

/** A file that can be read again and again, and is the same each time. */
export async function lasting(file) {
  const first = await stat(file);
  await refuseWorkbook(file, first);
  const checkIsSame = async () => {
    const now = await stat(file);
    if (now.size !== first.size || now.mtimeMs !== first.mtimeMs)
      throw new Error(`${file} was changed during the import: restore it`);
  };
  async function* chunks() {
    for await (const chunk of createReadStream(file)) {
      await checkIsSame();
      yield chunk;
    }
    // A file that was emptied has no chunk, and one that was cut has an end too early.
    await checkIsSame();
  }
  return { size: first.size, stream: () => Readable.toWeb(Readable.from(chunks())) };
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
