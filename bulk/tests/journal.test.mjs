// The journal of an import: what it keeps, and which journals are refused.

import assert from "node:assert/strict";
import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openJournal } from "../js/file-journal.js";
import { openBook } from "../js/journal.js";

const binding = { file: "f", settings: "s" };

let folder;
let count = 0;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "journal-"));
});
after(() => rm(folder, { recursive: true }));

const newPath = () => join(folder, `${++count}.journal`);

/** Opens a book on a file, lets `use` write to it, and closes the file. */
async function withBook(path, use = () => {}, its = binding) {
  const journal = await openJournal(path);
  try {
    const book = await openBook(journal, its);
    await use(book);
    return book;
  } finally {
    await journal.close();
  }
}

const entries = [
  { row: 1, state: "sending" },
  { row: 1, state: "created", id: "a" },
  { row: 2, state: "skipped", id: "b" },
  { row: 3, state: "sending" },
  { row: 4, state: "sending" },
  { row: 4, state: "refused", issues: [{ path: ["email"], code: "rejected", message: "né" }] },
  { row: 5, state: "sending" },
  { row: 5, state: "planned" },
];

const write = (path) =>
  withBook(path, async (book) => {
    await book.begin({ rows: 5 });
    for (const entry of entries) await book.write(entry);
  });

const stateOf = (book) =>
  Object.fromEntries([...book.rows].map(([row, { state }]) => [row, state]));

test("the last line of each row is its result", async () => {
  const path = newPath();
  await write(path);
  const { head, rows, counts, isOpen } = await withBook(path);
  assert.equal(head.rows, 5);
  assert.deepEqual(counts, {
    planned: 0,
    sending: 1,
    created: 1,
    updated: 0,
    skipped: 1,
    refused: 1,
    unknown: 0,
  });
  assert.deepEqual(
    rows,
    new Map([
      [1, entries[1]],
      [2, entries[2]],
      [3, entries[3]],
      [4, entries[5]],
    ]),
  );
  assert.deepEqual([...rows.values()].filter(isOpen), [entries[3]]);
});

test("a journal that was cut off anywhere continues from its last complete line", async () => {
  const path = newPath();
  await write(path);
  const whole = await readFile(path);
  for (let length = 0; length <= whole.length; length++) {
    await truncate(path, 0);
    await writeFile(path, whole.subarray(0, length));
    // A line that lacks only its line break is complete. The first line is the head.
    const lines =
      whole
        .subarray(0, length + 1)
        .toString()
        .split("\n").length - 1;
    const kept = Math.max(0, lines - 1);
    const expected = new Map();
    for (const { row, state } of entries.slice(0, kept))
      if (state === "planned") expected.delete(row);
      else expected.set(row, state);
    await withBook(path, async (book) => {
      assert.deepEqual(stateOf(book), Object.fromEntries(expected), `${length}`);
      if (!book.head) await book.begin({ rows: 5 });
      await book.write({ row: 9, state: "sending" });
    });
    const again = await withBook(path);
    assert.equal(again.rows.get(9).state, "sending", `${length}`);
    assert.equal(again.head.rows, 5);
  }
});

test("several lines that were cut off are skipped", async () => {
  const path = newPath();
  await write(path);
  for (const torn of ['{"row":7,"sta', '{"row":7,"state":"sending"} 0123', "{"]) {
    await appendFile(path, torn);
    await withBook(path, (book) => book.write({ row: 6, state: "sending" }));
  }
  const { rows } = await withBook(path);
  assert.deepEqual([...rows.keys()], [1, 2, 3, 4, 6]);
});

test("a journal with a line that was changed, left out or moved is refused", async () => {
  const path = newPath();
  await write(path);
  const lines = (await readFile(path, "utf8")).trimEnd().split("\n");
  const changes = {
    changed: lines.with(2, lines[2].replace('"a"', '"z"')),
    "left out": lines.toSpliced(3, 1),
    moved: lines.toSpliced(2, 2, lines[3], lines[2]),
    twice: lines.toSpliced(3, 0, lines[2]),
    "cut off in its middle": lines.with(2, lines[2].slice(0, -3)),
  };
  for (const [name, changed] of Object.entries(changes)) {
    await writeFile(path, `${changed.join("\n")}\n`);
    await assert.rejects(withBook(path), { name: "ImportError", code: "journal_damaged" }, name);
  }
});

test("the journal of another file, of other options or of another version is refused", async () => {
  const path = newPath();
  await write(path);
  for (const [its, code, message] of [
    [{ ...binding, file: "g" }, "journal_of_other_import", /another file/],
    [{ ...binding, settings: "t" }, "journal_of_other_import", /another mapping/],
  ])
    await assert.rejects(withBook(path, undefined, its), { code, message });
  const other = newPath();
  await withBook(other, (book) => book.begin({ journal: 2 }));
  await assert.rejects(withBook(other), { code: "journal_of_other_version" });
});

test("of two writers of one journal, the first one is stopped", async () => {
  const path = newPath();
  await write(path);
  const first = await openJournal(path);
  await assert.rejects(openJournal(path), { code: "journal_in_use", message: /^Process \d+ is/ });
  const book = await openBook(first, binding);
  // Another computer does not see the process behind the lock.
  await rm(`${path}.lock`, { recursive: true });
  await withBook(path, (other) => other.write({ row: 6, state: "sending" }));
  await assert.rejects(book.write({ row: 6, state: "sending" }), { code: "journal_in_use" });
  await first.close();
  assert.equal((await withBook(path)).rows.get(6).state, "sending");
});

test("values that are not a journal are refused", async () => {
  for (const journal of [undefined, null, {}, { read() {} }, "journal"])
    await assert.rejects(openBook(journal, binding), {
      name: "TypeError",
      message: /read\(\) and append\(line\)/,
    });
});
