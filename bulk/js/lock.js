// A file that only one process may work on.
//
// The lock is a folder beside the file, FILE.lock, with one entry, whose name says whose it is. A folder that has an
// entry cannot be replaced by another one, so the folder is filled first and then moved into its place: one of many
// processes succeeds. What a dead process left is taken away by its name, so nobody can take away the lock of another
// one that was faster.

import { mkdir, readdir, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { uptime } from "node:os";
import { join } from "node:path";

/** What systems say when a folder is to be moved to a place where there is one. */
const TAKEN = ["ENOTEMPTY", "EEXIST", "EPERM"];

let count = 0;

/** Whether the process that made a lock at that time is still there. */
const isRunning = (id, time) => {
  try {
    // If the computer, or the container, was started since then, another process has the number now.
    const age = id === process.pid ? process.uptime() : uptime();
    return time >= Date.now() - age * 1000 && process.kill(id, 0);
  } catch ({ code }) {
    // It is another user's.
    return code === "EPERM";
  }
};

/**
 * Keeps a file to this process, and returns what lets it go. If another process has it, what `taken` makes of its
 * number is thrown.
 */
export async function lock(file, taken) {
  const place = `${file}.lock`;
  const name = `${process.pid} ${Date.now()} ${++count}`;
  const mine = `${place} ${name}`;
  await mkdir(mine).catch((error) => {
    throw Object.assign(error, { path: file });
  });
  try {
    await writeFile(join(mine, name), "");
    for (;;) {
      try {
        await rename(mine, place);
        return async () => {
          await rm(join(place, name), { force: true });
          // Not with all that is in it: that may be another's by now.
          await rmdir(place).catch(() => {});
        };
      } catch (error) {
        if (!TAKEN.includes(error.code)) throw error;
      }
      for (const entry of await readdir(place).catch(() => [])) {
        const [id, time] = entry.split(" ").map(Number);
        if (isRunning(id, time)) throw taken(id);
        await rm(join(place, entry), { force: true });
      }
      // Where an empty folder is in the way, too. Another process may have filled it meanwhile.
      await rmdir(place).catch(() => {});
    }
  } catch (error) {
    await rm(mine, { recursive: true, force: true });
    throw error;
  }
}
