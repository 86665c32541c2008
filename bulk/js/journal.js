// The journal of an import: what became of each row, one line each, written before and after the request.
//
// A line is JSON, a blank, and a checksum over this line and the checksum of the one before it. A line that was cut
// off, because the process died while it wrote, does not end like that: it is passed over, and nobody acted on it,
// because `append` had not resolved. A line that is complete and does not follow from the one before it was changed,
// or is of another process that writes the same journal: that is refused.

import { importError } from "./import-error.js";

const FORMAT = 1;

/** What may become of a row. Rows of `sending` and `unknown` are to be looked up; all others but `planned` are done. */
const STATES = ["planned", "sending", "created", "updated", "skipped", "refused", "unknown"];
const OPEN = ["sending", "unknown"];

/** FNV-1a over UTF-16 units: it finds what was torn or mixed up, and need not withstand anybody. */
const checksum = (before, text) => {
  let hash = before;
  for (let at = 0; at < text.length; at++)
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
};

const FIRST = 0x811c9dc5;
const COMPLETE = /^(\{.*\}) ([0-9a-f]{8})$/s;

const damaged = (line) =>
  importError(
    "journal_damaged",
    `The journal does not go on at line ${line} where the line before it ended: it was changed, or two imports wrote to it at once. Rows could be imported twice with it. Restore it, or compare the file with what the service has before you begin with a new one`,
  );

/** The entries of a journal, and the checksum of the last one. */
const readEntries = (lines) => {
  let sum = FIRST;
  const entries = [];
  for (const [place, line] of lines.entries()) {
    const [, text, written] = COMPLETE.exec(line) ?? [];
    if (text === undefined) continue;
    const expected = checksum(sum, text);
    if (expected !== Number.parseInt(written, 16)) throw damaged(place + 1);
    sum = expected;
    entries.push(JSON.parse(text));
  }
  return { entries, sum };
};

/** What a journal is bound to, in the words of the error for another one. */
const BOUND = {
  file: "another file, or the file has changed since",
  settings: "another mapping, dialect or other options",
};

const checkBinding = (head, binding) => {
  if (head.journal !== FORMAT)
    throw importError(
      "journal_of_other_version",
      "The journal was written by another version of this package: finish the import with that one",
    );
  for (const [name, what] of Object.entries(BOUND))
    if (head[name] !== binding[name])
      throw importError(
        "journal_of_other_import",
        `The journal belongs to another import: it was begun with ${what}. Give the same file and options, or another journal`,
      );
};

const isJournal = (journal) =>
  typeof journal?.read === "function" && typeof journal.append === "function";

/**
 * Opens the journal of an import, which may have been begun before. `binding` is what it must have been begun with.
 * The head, with what was known when the import began, is written by `begin`.
 */
export const openBook = async (journal, binding) => {
  if (!isJournal(journal))
    throw new TypeError(
      "journal must have the functions read() and append(line): see openJournal of collins-customers/bulk/file-journal and collins-customers/bulk/browser-journal",
    );
  const { entries, sum } = readEntries([...(await journal.read())]);
  const [head, ...rest] = entries;
  if (head) checkBinding(head, binding);
  let last = sum;
  /** What became of each row. `planned` is what a row without an entry is. */
  const rows = new Map();
  /** The number of rows of each state. */
  const counts = Object.fromEntries(STATES.map((state) => [state, 0]));
  const note = (entry) => {
    if (!STATES.includes(entry.state)) return;
    const before = rows.get(entry.row);
    if (before) counts[before.state]--;
    if (entry.state === "planned") {
      rows.delete(entry.row);
      return;
    }
    rows.set(entry.row, entry);
    counts[entry.state]++;
  };
  for (const entry of rest) note(entry);

  const append = async (entry) => {
    const text = JSON.stringify(entry);
    last = checksum(last, text);
    await journal.append(`${text} ${last.toString(16).padStart(8, "0")}`);
  };

  return {
    /** What was known when the import began; undefined before that. */
    head,
    rows,
    counts,
    isOpen: (entry) => OPEN.includes(entry?.state),
    begin: (known) => append({ journal: FORMAT, ...binding, ...known }),
    /** Notes what becomes of a row; resolves when it is safe. */
    async write(entry) {
      await append(entry);
      note(entry);
    },
  };
};
