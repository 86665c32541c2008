// The journal of an import: the state of each row, written as a line before and after the request.
//
// A line is JSON, a blank, and a checksum over this line and the checksum of the one before it. An incomplete line, of
// a process that died while writing, has no such end: it is ignored, and nothing depended on it, because `append` had
// not resolved. A complete line that does not follow from the one before it was changed, or is of another process that
// writes to the same journal: then the journal is refused.

import { importError } from "./import-error.js";

const FORMAT = 1;

/** The states of a row. `sending` and `unknown` must be looked up; all others except `planned` are done. */
const STATES = ["planned", "sending", "created", "updated", "skipped", "refused", "unknown"];
const OPEN = ["sending", "unknown"];

/** FNV-1a over UTF-16 units: it finds incomplete and mixed lines, and need not withstand an attack. */
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
    `Line ${line} of the journal does not fit the line before it: the journal was changed, or two imports wrote to it at once. Rows could be imported twice with it. Restore it, or compare the file with what the service has before you begin with a new one`,
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

/** The values that a journal is bound to, as the error names them. */
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

export const readJournal = (journal) => {
  if (typeof journal?.read !== "function" || typeof journal.append !== "function")
    throw new TypeError(
      "journal must have the functions read() and append(line): see openJournal of collins-customers/bulk/file-journal and collins-customers/bulk/browser-journal",
    );
  return journal;
};

/**
 * Opens the journal of an import, which may have begun before, with the same `binding`. `begin` writes the head, which
 * has the facts from the beginning of the import.
 */
export const openBook = async (given, binding) => {
  const journal = readJournal(given);
  const { entries, sum } = readEntries([...(await journal.read())]);
  const [head, ...rest] = entries;
  if (head) checkBinding(head, binding);
  let last = sum;
  /** The entry of each row. A row without one is `planned`. */
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
    /** The facts from the beginning of the import; undefined before that. */
    head,
    rows,
    counts,
    isOpen: (entry) => OPEN.includes(entry?.state),
    begin: (known) => append({ journal: FORMAT, ...binding, ...known }),
    /** Records the state of a row. Resolves when it would survive a crash. */
    async write(entry) {
      await append(entry);
      note(entry);
    },
  };
};
