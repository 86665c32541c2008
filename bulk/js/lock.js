// A file that only one process may work on.
//
// The lock is a folder beside the file, FILE.lock, with one entry, whose name says whose it is. A folder that has an
// entry cannot be replaced by another one, so the folder is filled first and then moved into its place: one of many
// processes succeeds. The entry of a dead process is removed by its name, so nobody can remove the lock of another one
// that was faster; a folder of that name with anything else in it is not ours, and stays.

import { mkdir, readdir, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { hostname, uptime } from "node:os";
import { join } from "node:path";

/** The codes with which systems refuse to move a folder to a place where there is one. */
const TAKEN = ["ENOTEMPTY", "EEXIST", "EPERM"];

/** The attempts after which a folder that is always in the way, or a system that always refuses, is an error. */
const MAX_ATTEMPTS = 100;

/** The name of an entry: the number of its process, the time, the number of the lock, and the computer. */
const ENTRY = /^(\d+) (\d+) \d+ ([\w.-]*)$/;

/** This computer, or this container, as its processes have numbers of their own. */
const HERE = hostname().replaceAll(/[^\w.-]/g, "_");

let count = 0;

/** Returns whether the process that made a lock at that time still runs. */
const isRunning = (id, time) => {
  try {
    // If the computer, or the container, was started since then, another process has this number now.
    const age = id === process.pid ? process.uptime() : uptime();
    return time >= Date.now() - age * 1000 && process.kill(id, 0);
  } catch ({ code }) {
    // It belongs to another user (EPERM), or the runtime forbids to ask.
    return code !== "ESRCH";
  }
};

/** The names of the entries in a folder; none if another process has just removed it. */
const entriesIn = (folder) =>
  readdir(folder).catch((error) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });

/**
 * Locks a file for this process, and returns the function that unlocks it. If another process has it, it throws
 * `taken(id, advice)`, where `id` is the number of that process. `advice` says what to do if it is of another computer,
 * whose processes cannot be seen from here; otherwise it is empty.
 */
export async function lock(file, taken) {
  const place = `${file}.lock`;
  const name = `${process.pid} ${Date.now()} ${++count} ${HERE}`;
  const mine = `${place} ${name}`;
  await mkdir(mine).catch((error) => {
    throw Object.assign(error, { path: file });
  });
  try {
    await writeFile(join(mine, name), "");
    for (let attempts = 1; ; attempts++) {
      let refusal;
      try {
        await rename(mine, place);
        return async () => {
          await rm(join(place, name), { force: true });
          // Not with its entries: they may belong to another process by now.
          await rmdir(place).catch(() => {});
        };
      } catch (error) {
        refusal = Object.assign(error, { path: place });
      }
      if (!TAKEN.includes(refusal.code) || attempts === MAX_ATTEMPTS) throw refusal;
      for (const entry of await entriesIn(place)) {
        const [, id, time, host] = ENTRY.exec(entry) ?? [];
        if (!id) throw refusal;
        if (host !== HERE)
          throw taken(Number(id), `. It ran on ${host}: if it has ended, remove ${place}`);
        if (isRunning(Number(id), Number(time))) throw taken(Number(id), "");
        await rm(join(place, entry), { force: true });
      }
      // An empty folder is in the way as well. Another process may have filled it meanwhile.
      await rmdir(place).catch(() => {});
    }
  } catch (error) {
    await rm(mine, { recursive: true, force: true });
    throw error;
  }
}
