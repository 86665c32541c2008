import type { ImportJournal } from "collins-customers/bulk";

/** A journal in a browser. */
export interface BrowserJournal extends ImportJournal {
  /** Deletes the journal's lines, once an import is over and its file will not be imported again. */
  remove(): Promise<void>;
  /** Lets another tab or worker have the journal. It stays, for a run that goes on from it. */
  close(): void;
}

/**
 * Opens the journal of an import by its name, which is made if there is none: in IndexedDB, with strict durability, so
 * that each line is on the disk before the request that it is about leaves. Pages and workers of an origin share it.
 *
 * Only one of them has it at a time: the others are rejected with an error whose `code` is `"journal_in_use"`. Browsers
 * may delete what a site has stored when the disk is full, unless the page asks for `navigator.storage.persist()`.
 */
export function openJournal(name: string): Promise<BrowserJournal>;
