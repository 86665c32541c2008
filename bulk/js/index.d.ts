import type { IssueCode, NewCustomer } from "collins-customers";

/** A file of customers: CSV with commas, semicolons, tabs or pipes, in UTF-8, UTF-16 or Windows-1252. */
export type CustomerFile =
  | Blob
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array>
  | ArrayBufferView
  | ArrayBuffer
  | string;

export type FileEncoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

export type FileDelimiter = "," | ";" | "\t" | "|";

/** How a file is read. What is not given is found over its first 64 KiB. */
export interface FileDialect {
  /** Windows-1252 is never found, only given: no file shows that it is that. */
  encoding: FileEncoding;
  delimiter: FileDelimiter;
  /** Whether a row names the columns. */
  header: boolean;
}

/** One column, as it was understood. */
export interface FileColumn {
  /** Its name in the file; empty if it has none. */
  name: string;
  /** The field that its cells are, such as `company_address.city`; none if nothing is known of the name. */
  field?: string;
  /** Whether its cells are a part of the customers: not those that only the service writes, nor whole names. */
  sent?: boolean;
  /** `exact` if its name is the field's, `usual` if it is a usual spelling of it. */
  certainty?: "exact" | "usual";
  /** The column, from 0, that has the field already. */
  repeats?: number;
  /** What divides the items of a cell, if the field is a list. */
  separator: string;
}

/** One thing that is wrong with a file. */
export interface FileIssue {
  /** The customer, from 1: the header and empty rows do not count. */
  row: number;
  /** The line of the file on which the cell begins, from 1. */
  line: number;
  /** The column, from 1. */
  column: number;
  /** The field; empty where the file itself is at fault. */
  path: string[];
  code: IssueCode | "invalid_encoding" | "unclosed_quote" | "text_after_quote" | "too_many_cells";
  /** What is wrong and what to do. It holds no part of the file. */
  message: string;
  params?: Record<string, string | number>;
}

/** What a spreadsheet did to a column. It need not break a rule. */
export interface FileDamage {
  code:
    | "scientific_notation"
    | "lost_zero"
    | "serial_date"
    | "formula_error"
    | "mojibake"
    | "lost_letter"
    | "thousands_separator"
    | "cut_off"
    | "short_rows"
    | "nul";
  /** What was seen, and what to ask for. */
  message: string;
  /** The column, from 1; none if whole rows have it. */
  column?: number;
  name?: string;
  /** How many rows have it. */
  rows: number;
  first: { row: number; line: number };
}

export interface CheckOptions {
  /**
   * Where columns go, by their names: a field such as `company_address.city` or `marketing_preferences.<id>`, or null
   * to leave one out. The columns of a file without a header are named `1`, `2` and so on.
   */
  mapping?: Record<string, string | null>;
  dialect?: Partial<FileDialect>;
  /** How many issues are listed, 1000 unless given. All are counted. */
  keep?: number;
  onProgress?: (progress: { bytes: number; size: number | undefined }) => void;
  signal?: AbortSignal;
}

export interface CheckReport {
  /** How many customers the file has. */
  rows: number;
  /** How many of them have no issue. */
  valid: number;
  /** The first issues. */
  issues: FileIssue[];
  /** How many there are, also those that are not listed. */
  issueCount: number;
  damage: FileDamage[];
  dialect: FileDialect & {
    /** How many rows come before the header, or before the first customer. */
    preamble: number;
  };
  columns: FileColumn[];
  /** The customers of the valid rows, read anew from the file. A stream can be read only once. */
  customers(): AsyncGenerator<NewCustomer, void, undefined>;
}

/** Checks every row of a file with the rules of the API. No request is made. */
export function checkFile(file: CustomerFile, options?: CheckOptions): Promise<CheckReport>;
