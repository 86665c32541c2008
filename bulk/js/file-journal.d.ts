import type { ImportJournal } from "collins-customers/bulk";

/** A journal in a file. */
export interface FileJournal extends ImportJournal {
  /** Closes the file. The journal stays, for a run that goes on from it. */
  close(): Promise<void>;
}

/**
 * Opens the journal of an import in a file, which is made if there is none. Each line is on disk (`fdatasync`) before
 * the request that it is about leaves. For Node, Bun and Deno.
 *
 * Two processes must not share a journal: the one that finds the other's lines stops with an error whose `code` is
 * `"journal_in_use"`.
 */
export function openJournal(path: string): Promise<FileJournal>;
