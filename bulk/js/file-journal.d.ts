import type { ImportJournal } from "collins-customers/bulk";

/** A journal in a file. */
export interface FileJournal extends ImportJournal {
  /** Closes the file. The journal is kept, so that a later run can continue. */
  close(): Promise<void>;
}

/**
 * Opens the journal of an import in a file, and creates it if there is none. Each line is on disk (`fdatasync`) before
 * the request that it describes is sent. For Node, Bun and Deno.
 *
 * Two processes must not share a journal: the one that finds the other's lines stops with an error whose `code` is
 * `"journal_in_use"`.
 */
export function openJournal(path: string): Promise<FileJournal>;
