import type { ImportJournal } from "collins-customers/bulk";

/** A journal in a file. */
export interface FileJournal extends ImportJournal {
  /** Closes the file, and lets others open it. The journal is kept, so that a later run can continue. */
  close(): Promise<void>;
}

/**
 * Opens the journal of an import in a file, and creates it if there is none. Each line is on disk (`fdatasync`) before
 * the request that it describes is sent. For Node, Bun and Deno.
 *
 * Until it is closed, or its process ends, nobody else can open it: they are rejected with an error whose `code` is
 * `"journal_in_use"`. The end of a process on another computer, or in another container, cannot be seen: then the
 * message names the folder to remove. A run that finds lines of another process stops with the same error.
 */
export function openJournal(path: string): Promise<FileJournal>;
