// The entry `collins-customers/bulk/browser-journal`: a journal in a browser, for pages and workers.
//
// Why IndexedDB and not the origin's private file system: a page and its workers must find the same journal, or an
// import that began in one of them would begin again in the other. Files that can be appended to and flushed
// (`createSyncAccessHandle`) exist only in dedicated workers; a page could only copy the file for each line. In both, a
// transaction of IndexedDB with strict durability is on disk when it is complete.

import { importError } from "./import-error.js";

const DATABASE = "collins-customers-import";
const LINES = "lines";

const settled = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const openDatabase = () => {
  const request = indexedDB.open(DATABASE, 1);
  // The lines of all journals in their order: the key is the journal's name and the line's number.
  request.onupgradeneeded = () => request.result.createObjectStore(LINES);
  return settled(request);
};

const inUse = (name) =>
  importError(
    "journal_in_use",
    `The journal "${name}" is in use in another tab or worker: close that one, or wait for it`,
  );

/** Takes the lock of a journal, and returns the function that releases it. Without `navigator.locks` there is none. */
const lock = (name) => {
  if (!globalThis.navigator?.locks) return Promise.resolve(() => {});
  return new Promise((resolve, reject) => {
    const hold = (held) => {
      if (!held) {
        reject(inUse(name));
        return undefined;
      }
      return new Promise((release) => {
        resolve(release);
      });
    };
    navigator.locks.request(`${DATABASE} ${name}`, { ifAvailable: true }, hold).catch(reject);
  });
};

/** All lines of a journal. An empty list sorts after every number. */
const linesOf = (name) => IDBKeyRange.bound([name], [name, []]);

export const openJournal = async (name) => {
  if (typeof name !== "string" || !name)
    throw new TypeError("The name of a journal must be a text");
  const unlock = await lock(name);
  let database;
  let count;
  try {
    database = await openDatabase();
    count = await settled(database.transaction(LINES).objectStore(LINES).count(linesOf(name)));
  } catch (error) {
    database?.close();
    unlock();
    throw error;
  }
  const change = (work) =>
    new Promise((resolve, reject) => {
      const transaction = database.transaction(LINES, "readwrite", { durability: "strict" });
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
      work(transaction.objectStore(LINES));
    });
  return {
    read: () => settled(database.transaction(LINES).objectStore(LINES).getAll(linesOf(name))),
    async append(line) {
      // If another writer has added this line, it is an error: the line is not overwritten.
      await change((store) => store.add(line, [name, count]));
      count++;
    },
    async remove() {
      await change((store) => store.delete(linesOf(name)));
      count = 0;
    },
    close() {
      database.close();
      unlock();
    },
  };
};
