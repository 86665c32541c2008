// The entry `collins-customers/bulk/file-journal`: a journal in a file, for Node, Bun and Deno.

import { open } from "node:fs/promises";
import { dirname } from "node:path";

/** A name in a folder is safe once the folder is. Windows opens no folders, and needs none of this. */
const syncFolder = async (path) => {
  const folder = await open(dirname(path)).catch(() => undefined);
  await folder?.sync().catch(() => {});
  await folder?.close();
};

const otherWriter = (path) =>
  Object.assign(
    new Error(
      `${path} was written by another process meanwhile: two imports must not share a journal`,
    ),
    {
      name: "ImportError",
      code: "journal_in_use",
    },
  );

export const openJournal = async (path) => {
  // Appends, and makes the file if there is none.
  const file = await open(path, "a+");
  let { size } = await file.stat();
  if (size === 0) await syncFolder(path);
  /** A line that was cut off ends before the next one begins. */
  let isTorn = false;
  return {
    async read() {
      const bytes = Buffer.alloc(size);
      const { bytesRead } = await file.read(bytes, 0, size, 0);
      const lines = bytes.subarray(0, bytesRead).toString().split("\n");
      isTorn = lines.at(-1) !== "";
      return lines;
    },
    async append(line) {
      const bytes = Buffer.from(`${isTorn ? "\n" : ""}${line}\n`);
      if ((await file.stat()).size !== size) throw otherWriter(path);
      await file.appendFile(bytes);
      await file.datasync();
      size += bytes.length;
      isTorn = false;
    },
    close: () => file.close(),
  };
};
