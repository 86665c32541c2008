// The journals of imports, in the browser's own database: what was sent for a file survives the tab.

const LINES = "lines";

/** A request of the database, as a promise. */
const settled = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

async function openDatabase() {
  const request = indexedDB.open("collins-customers imports", 1);
  request.onupgradeneeded = () => {
    const store = request.result.createObjectStore(LINES, { autoIncrement: true });
    store.createIndex("file", "file");
  };
  return settled(request);
}

/** The journal of a file. It is known by its name, its size and its date; the package looks at its contents, too. */
export async function openJournal({ name, size, lastModified }) {
  const database = await openDatabase();
  const file = `${name} ${size} ${lastModified}`;
  const store = (mode) =>
    database.transaction(LINES, mode, { durability: "strict" }).objectStore(LINES);

  return {
    async read() {
      const lines = await settled(store("readonly").index("file").getAll(file));
      return lines.map(({ line }) => line);
    },

    /** Resolves when the line is on the disk, not only when the database knows it. */
    async append(line) {
      const lines = store("readwrite");
      const { transaction } = lines;
      lines.add({ file, line });
      await new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error);
      });
    },

    /** Forgets the import of this file. */
    async forget() {
      const lines = store("readwrite");
      const keys = await settled(lines.index("file").getAllKeys(file));
      await Promise.all(keys.map((key) => settled(lines.delete(key))));
    },
  };
}
