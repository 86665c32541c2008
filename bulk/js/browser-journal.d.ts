import type { ImportJournal } from "collins-customers/bulk";

/** A journal in a browser. */
export interface BrowserJournal extends ImportJournal {
  /** Deletes the journal's lines, once an import is over and its file will not be imported again. */
  remove(): Promise<void>;
  /** Lets another tab or worker open the journal. Its lines are kept, so that a later run can continue. */
  close(): void;
}

/**
 * Opens the journal of an import by its name, and creates it if there is none: in IndexedDB, with strict durability, so
 * that each line is on disk before the request that it describes is sent. Pages and workers of an origin share it.
 *
 * Only one of them can open it at a time: for the others it rejects with an error whose `code` is `"journal_in_use"`.
 * Browsers may delete the data of a site when the disk is full, unless the page calls `navigator.storage.persist()`.
 */
export function openJournal(name: string): Promise<BrowserJournal>;
