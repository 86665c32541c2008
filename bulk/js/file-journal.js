// The entry `collins-customers/bulk/file-journal`: a journal in a file, for Node, Bun and Deno.

import { open } from "node:fs/promises";
import { dirname } from "node:path";
import { importError } from "./import-error.js";
import { lock } from "./lock.js";

/** A new file survives a crash only once its folder is flushed. Windows cannot open folders, and does not need this. */
const syncFolder = async (path) => {
  const folder = await open(dirname(path)).catch(() => undefined);
  await folder?.sync().catch(() => {});
  await folder?.close();
};

const inUse = (message) => importError("journal_in_use", message);

export const openJournal = async (path) => {
  const unlock = await lock(path, (id, advice) =>
    inUse(`Process ${id} is importing with ${path}: wait until it ends, or stop it${advice}`),
  );
  let file;
  let size;
  try {
    // Appends, and creates the file if there is none. The service's reasons for refusing a row are private.
    file = await open(path, "a+", 0o600);
    ({ size } = await file.stat());
    if (size === 0) await syncFolder(path);
  } catch (error) {
    await unlock();
    throw error;
  }
  /** True if the last line is incomplete: it is ended before the next one begins. */
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
      // Not every shared folder moves folders in one step.
      if ((await file.stat()).size !== size)
        throw inUse(
          `${path} was meanwhile written by another process: two imports must not share a journal`,
        );
      await file.appendFile(bytes);
      await file.datasync();
      size += bytes.length;
      isTorn = false;
    },
    async close() {
      await file.close();
      await unlock();
    },
  };
};
