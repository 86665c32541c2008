import type {
  AnyCustomerFilter,
  CustomerListFilter,
  CustomersApi,
  IssueCode,
  NewCustomer,
} from "collins-customers";

/**
 * A file of customers: CSV with commas, semicolons, tabs or pipes, NDJSON, or a list in JSON; in UTF-8, UTF-16 or
 * Windows-1252.
 */
export type CustomerFile =
  | Blob
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array>
  | ArrayBufferView
  | ArrayBuffer
  | string;

/** The encoding of a file. */
export type FileEncoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/** The character between the cells of a row. */
export type FileDelimiter = "," | ";" | "\t" | "|";

/** The format of a file. Parts that are not given are detected in the first 64 KiB, or more if the header is longer. */
export interface FileDialect {
  /** The encoding. Windows-1252 is never detected and must be given: no file proves that it is used. */
  encoding: FileEncoding;
  /** The character between the cells of a row. */
  delimiter: FileDelimiter;
  /** `true` if a row names the columns. */
  header: boolean;
}

/** The known parts of a file's format. */
export type GivenDialect = { [Name in keyof FileDialect]?: FileDialect[Name] | undefined };

/**
 * Fixes for cells, made before they are checked. Only the fixes that are named here are made, and every changed value
 * is counted in the report's `fixes`.
 */
export interface FileFixes {
  /** Removes blanks around cells. Items of lists are always trimmed. */
  trim?: boolean | undefined;
  /** Removes all blanks from telephone numbers. */
  phoneBlanks?: boolean | undefined;
  /** Lower-cases the letters A to Z of email addresses. */
  lowerCaseEmails?: boolean | undefined;
  /**
   * Splits a full name, if the file has no column for either part: `Ada King Lovelace` into `Ada` and `King
   * Lovelace`, `Lovelace, Ada` into `Ada` and `Lovelace`. A single name becomes the first name.
   */
  splitNames?: boolean | undefined;
  /**
   * Converts dates from this order of day, month and year, such as 31/12/1990, 31.12.1990 or 31-12-1990 for `dmy`.
   * Years must have four digits. If one date of the file fits another order but not this one, none is converted: see
   * the report's `dates`.
   */
  dates?: DateOrder | undefined;
}

/** An order of day, month and year. */
export type DateOrder = "dmy" | "mdy" | "ymd";

/** The changes that a fix made to a column. */
export interface FileFixed {
  /** The fix. */
  fix: keyof FileFixes;
  /** The column, from 1. */
  column: number;
  /** The name of the column. */
  name: string;
  /** The number of rows in which a value was changed. */
  rows: number;
}

/** The order of day, month and year in the dates that are not YYYY-MM-DD. */
export interface FileDates {
  /** The column, from 1. */
  column: number;
  /** The name of the column. */
  name: string;
  /** The number of rows with such a date. */
  rows: number;
  /** The orders that fit all of them. If there are two, ask which one is right: `either` shows where they differ. */
  orders: DateOrder[];
  /** For each of the other orders, the first row that rules it out. */
  against: Partial<Record<DateOrder, FilePlace>>;
  /** The first rows, at most three, whose dates differ when read as `dmy` and as `mdy`. */
  either: FilePlace[];
  /** `true` if `fixes.dates` converted them. */
  fixed: boolean;
  /** The same in a sentence. */
  message: string;
}

/** A place in a file. */
export interface FilePlace {
  /** The customer, from 1. */
  row: number;
  /** The line of the file, from 1. */
  line: number;
}

/** One column, as it was read. The keys of JSON are columns, too: those of an object as `object.key`. */
export interface FileColumn {
  /** The name in the file; empty if it has none. */
  name: string;
  /** The field that its cells belong to, such as `company_address.city`; undefined if the name is unknown. */
  field?: string;
  /** `true` if the cells are sent. Read-only fields and full names that were split are not. */
  sent?: boolean;
  /** `exact` if the name is the field's own, `usual` if it is a common spelling of it. */
  certainty?: "exact" | "usual";
  /** The earlier column, from 0, that has the same field. */
  repeats?: number;
  /** The separator between the items of a cell, if the field is a list. */
  separator: string;
}

/** An issue with a file. */
export interface FileIssue {
  /** The customer, from 1: the header and empty rows do not count. */
  row: number;
  /** The line of the file on which the cell begins, from 1. */
  line: number;
  /** The column, from 1. */
  column: number;
  /** The field; empty if the issue is with the file itself. */
  path: string[];
  /** The kind of issue, for programs. */
  code:
    | IssueCode
    | "invalid_encoding"
    | "unclosed_quote"
    | "text_after_quote"
    | "too_many_cells"
    | "invalid_json"
    | "nested_value";
  /** The problem and how to fix it. It contains no part of the file. */
  message: string;
  /** The data of the message, for your own messages. */
  params?: Record<string, string | number>;
}

/** Damage that a spreadsheet did to a column. The cells may be valid all the same. */
export interface FileDamage {
  /** The kind of damage, for programs. */
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
    | "nul"
    | "other_keys";
  /** The damage, and what to ask the sender of the file for. */
  message: string;
  /** The column, from 1; missing if whole rows are damaged. */
  column?: number;
  /** The name of the column. */
  name?: string;
  /** The number of damaged rows. */
  rows: number;
  /** The first damaged row. */
  first: FilePlace;
}

/** The progress of a check. */
export interface CheckProgress {
  /** The bytes read so far. */
  bytes: number;
  /** The size of the file; undefined if it is not known. */
  size: number | undefined;
  /** The number of customers found so far. */
  rows: number;
  /** The number of them without an issue. */
  valid: number;
  /** The number of issues found so far. */
  issueCount: number;
}

/** The options of {@link checkFile}. */
export interface CheckOptions {
  /**
   * The field of each column, by the column's name: a field such as `company_address.city` or
   * `marketing_preferences.<id>`, or null to leave one out. With names, the first row is a header, in whatever
   * language. The columns of a file without a header are named `1`, `2` and so on.
   */
  mapping?: Record<string, string | null | undefined> | undefined;
  /** If a delimiter or a header is given, the file is not JSON. */
  dialect?: GivenDialect | undefined;
  /** Fixes for cells, made before they are checked. Default: none. */
  fixes?: FileFixes | undefined;
  /** The number of issues that are listed. All are counted. Default: 1000. */
  keep?: number | undefined;
  /** Called as the file is read. What it throws ends the check. */
  onProgress?: ((progress: CheckProgress) => void) | undefined;
  /** Ends the check, which rejects with the reason of the signal. */
  signal?: AbortSignal | undefined;
  /**
   * A worker of the page that does the check, so that the page stays responsive however large the file is. Its script
   * is `import "collins-customers/bulk/worker";`. It may serve any number of checks, until you `terminate` it. The file
   * must be a Blob, bytes, a string, or a stream of a browser that can transfer one.
   *
   * The check rejects if the worker fails, and if it does not respond within 30 seconds because its script could not be
   * loaded or is another one. The file is sent to it only after its first response. A browser does not report that a
   * page has terminated a worker: abort the check with its `signal` before you do.
   *
   * @example
   * const worker = new Worker(new URL("./check-worker.js", import.meta.url), { type: "module" });
   * const report = await checkFile(file, { worker });
   */
  worker?: Worker | undefined;
}

/**
 * The first issues, up to the number in the option `keep`. `for await` iterates over all issues, and `page` returns any
 * page of them; issues that were not kept are found again in the file, so they need no memory. For a stream, which can
 * be read only once, only the first issues are available.
 */
export interface FileIssues extends Array<FileIssue> {
  /** All issues, one by one. */
  [Symbol.asyncIterator](): AsyncGenerator<FileIssue, void, undefined>;
  /** A page, from 1, of `size` issues (default: 100). Beyond the last page it is empty. */
  page(number: number, size?: number): Promise<FileIssue[]>;
}

/** The report of {@link checkFile}. */
export interface CheckReport {
  /** The number of customers in the file. */
  rows: number;
  /** The number of them without an issue. */
  valid: number;
  /** The issues with the file. */
  issues: FileIssues;
  /** The number of all issues, listed or not. */
  issueCount: number;
  /** The damage that a spreadsheet did to the file. */
  damage: FileDamage[];
  /** The changes that the fixes made. */
  fixes: FileFixed[];
  /** The order of the dates; undefined if all are YYYY-MM-DD. */
  dates?: FileDates;
  /** The format in which the file was read. */
  dialect: FileDialect & {
    /** For JSON, the delimiter and the header have no meaning. */
    format: "csv" | "ndjson" | "json";
    /** The number of rows before the header, or before the first customer. */
    preamble: number;
  };
  /** The columns, as they were read. */
  columns: FileColumn[];
  /** The customers of the valid rows, read again from the file. A stream can be read only once. */
  customers(): AsyncGenerator<NewCustomer, void, undefined>;
}

/** Checks every row of a file with the rules of the API. No request is made. */
export function checkFile(file: CustomerFile, options?: CheckOptions): Promise<CheckReport>;

/** The part of a client that a bulk function needs. */
export type BulkApi = Pick<CustomersApi, "list" | "rateLimit">;

/**
 * The customers that are exported; without it, all of them. `limit`, `sort` and `page` are refused: an export asks
 * for every page, the newest customers first.
 */
export type ExportFilter = AnyCustomerFilter | Omit<CustomerListFilter, "limit" | "sort" | "page">;

/**
 * The destination of an export.
 *
 * - A `WritableStream` gets bytes of UTF-8, one chunk for each page of customers. It is closed at the end; after an
 *   error it stays open, so that a resumed export can continue with it.
 * - An object with `write(text)`, such as a stream of Node, and a function get the text of each page. The export
 *   continues when the returned promise has settled, or the stream of Node has drained. They are not closed.
 */
export type ExportSink = WritableStream<Uint8Array> | TextSink | ((text: string) => unknown);

/** An object that takes the text of an export. */
export interface TextSink {
  /** Takes the text of a page. */
  write(text: string): unknown;
}

/**
 * The place where an export stopped: plain data, which survives JSON and `structuredClone`. It contains the filter and
 * the ids of the customers that were written.
 */
export interface ExportResume {
  /** The filter, as a query string. */
  filter: string;
  /** The format. */
  format: "csv" | "ndjson";
  /** The marketing preferences that have columns; none before the header was written. */
  preferences?: string[];
  /**
   * The number of bytes of UTF-8 that were written. If the sink may have taken more when it failed, truncate the file
   * to this length before the export continues.
   */
  bytes: number;
  /** The number of customers that were written. */
  customers: number;
  /** The number of customers before the next page. */
  position: number;
  /** The largest position so far. */
  furthest: number;
  /** The total in the last response. */
  total: number | null;
  /** The ids of the customers that were written. */
  ids: string[];
}

/** The progress of an export. */
export interface ExportProgress {
  /** The number of customers written, including those before a resumed export. */
  customers: number;
  /** The total in the last response; null before the first one. */
  total: number | null;
  /** The number of requests, without those before a resumed export and without the client's own retries. */
  requests: number;
  /** The number of bytes of UTF-8 that were written. */
  bytes: number;
  /** When the last request can be sent, according to the quota in the last response. */
  end: Date;
  /** The end of the current wait, for the quota or after a failure; null while it does not wait. */
  waitingUntil: Date | null;
  /**
   * The place where the export is now. It is computed when it is read, in time proportional to the number of customers.
   */
  readonly resume: ExportResume;
}

/** The options of {@link exportCustomers}. */
export interface ExportOptions {
  /**
   * `csv` (the default): RFC 4180 with a header, a column for each documented field; `ndjson`: each customer as the
   * service returned it, as a line of JSON.
   *
   * In CSV, lists are joined by semicolons, bookings are JSON, and each marketing preference has a column
   * `marketing_preferences.<id>` with `yes` or `no`. Cells that a spreadsheet would run as a formula begin with an
   * apostrophe, which `checkFile` removes again. The last column contains, as JSON, everything without a column of its
   * own.
   */
  format?: "csv" | "ndjson" | undefined;
  /** Begins the file with a byte-order mark, by which some spreadsheets recognise UTF-8. Default: false. */
  bom?: boolean | undefined;
  /**
   * Ids of marketing preferences that always get a column. The header is written first, so without this option only
   * preferences on the first page get one.
   */
  preferences?: readonly string[] | undefined;
  /** Called after each page, and before each wait. What it throws ends the export. */
  onProgress?: ((progress: ExportProgress) => void) | undefined;
  /** Ends the export. It rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Continues where an export with the same filter and format stopped, without a second header. */
  resume?: ExportResume | undefined;
}

/** The result of an export. */
export interface ExportResult {
  /** The number of customers written, including those before a resumed export. */
  customers: number;
  /** The number of requests. */
  requests: number;
  /** The number of bytes of UTF-8 that were written. */
  bytes: number;
  /** CSV: the number of customers with a value in the last column, which is for values without their own column. */
  otherFields?: number;
}

/** The price of an export. */
export interface ExportPlan {
  /** The number of customers. */
  customers: number;
  /** The number of requests that the export makes if none fails and the number of customers stays the same. */
  requests: number;
  /** The number of hours that it waits for the quota; 0 if the rest of this hour's quota is enough. */
  hours: number;
  /** When the last request can be sent. */
  end: Date;
}

/** The type of {@link exportCustomers}. */
export interface ExportCustomers {
  /**
   * Writes all customers of a filter to a file, page by page. Each is written once, even if customers are created and
   * deleted meanwhile; those created meanwhile may be missing.
   *
   * It makes requests as fast as the quota allows, and leaves a tenth of each hour's quota to others: then it waits for
   * the next hour. It also waits, for at most five minutes, while the service fails or cannot be reached.
   *
   * @throws The error that ended it: of the client, of the sink, or the signal's reason. To continue, pass its property
   *   `resume` as the option `resume`.
   * @throws {TypeError} If the filter, the sink or an option is not valid. No request was made.
   *
   * @example
   * await exportCustomers(api, { labels: ["VIP"] }, await fileHandle.createWritable(), { bom: true });
   */
  (
    api: BulkApi,
    filter: ExportFilter | undefined,
    sink: ExportSink,
    options?: ExportOptions,
  ): Promise<ExportResult>;
  /** Computes the price of an export. It makes one request. */
  plan(
    api: BulkApi,
    filter?: ExportFilter,
    options?: { signal?: AbortSignal | undefined },
  ): Promise<ExportPlan>;
}

/** Writes all customers of a filter to a file: see {@link ExportCustomers}. */
export declare const exportCustomers: ExportCustomers;

/**
 * The journal of an import: the state of each row, one per line. It must outlive the process. It contains no customer
 * data except the service's reasons for refusing rows. `openJournal` of `collins-customers/bulk/file-journal` and of
 * `collins-customers/bulk/browser-journal` return one. At the edge, the storage of a Durable Object can be one:
 *
 * @example
 * const journalIn = (storage) => ({
 *   read: async () => (await storage.list({ prefix: "line " })).values(),
 *   async append(line) {
 *     const number = ((await storage.get("number")) ?? 0) + 1;
 *     await storage.put({ number, ["line " + String(number).padStart(9, "0")]: line });
 *     await storage.sync();
 *   },
 * });
 */
export interface ImportJournal {
  /** All lines so far, in order. The last one may be incomplete if the process died while writing it. */
  read(): Promise<Iterable<string>>;
  /** Adds a line, and resolves once it would survive a crash. A line contains no line break. */
  append(line: string): Promise<void>;
}

/** A wait for the quota. */
export interface ImportWait {
  /** When it ends. */
  waitingUntil: Date;
}

/** The options of an import. */
export interface ImportOptions {
  /**
   * How to treat a row with the email address of an existing customer. An earlier row of the file with the same address
   * counts as an existing customer. Rows without an address are always created, because nothing identifies them.
   *
   * - `"skip"` (the default): nothing is sent
   * - `"update"`: the customer gets the values of the row that differ. Empty cells change nothing; lists are
   *   replaced. If several customers have the address, the row is refused
   * - `"create"`: another customer is created
   */
  existing?: "skip" | "update" | "create" | undefined;
  /** As for `checkFile`. */
  mapping?: Record<string, string | null | undefined> | undefined;
  /** As for `checkFile`. */
  dialect?: GivenDialect | undefined;
  /** As for `checkFile`. */
  fixes?: FileFixes | undefined;
  /**
   * The number of rows that the service may refuse in one run. Default: 20. At the next one the run stops with an error
   * whose `code` is `"too_many_refusals"`. Rows that the check refuses do not count: they are never sent.
   */
  maxRefusals?: number | undefined;
  /**
   * Something else that the journal belongs to, such as the name of the account. A journal that was started with
   * another string is refused.
   */
  boundTo?: string | undefined;
  /** The journal of a run that did not end: rows that it has finished are not looked up and not counted again. */
  journal?: ImportJournal | undefined;
  /** Called when the plan has to wait for the quota. */
  onProgress?: ((progress: ImportWait) => void) | undefined;
  /** Ends the planning, which rejects with the reason of the signal. */
  signal?: AbortSignal | undefined;
}

/** The outcome of the rows of a file: the five numbers add up to `rows`. */
export interface ImportCounts {
  /** The number of customers in the file. */
  rows: number;
  /** Customers that were created. */
  created: number;
  /** Existing customers that were changed. */
  updated: number;
  /** Rows of existing customers that were left as they are. */
  skipped: number;
  /** Rows that are not valid, or that the service refused. */
  refused: number;
  /** Rows that were sent, were not answered, and were not found afterwards. They are never sent again. */
  unknown: number;
  /** The number of requests in this run. */
  requests: number;
}

/** The progress of an import. */
export interface ImportProgress extends ImportCounts {
  /** When the quota is renewed, if the import waits for it; null if it does not. */
  waitingUntil: Date | null;
  /** The expected end of the import, from the remaining rows and the quota. */
  end: Date;
}

/** The result of an import. */
export interface ImportResult extends ImportCounts {
  /**
   * The rows that were refused or are unknown, as a file in the form of the original: its encoding, its delimiter, its
   * header, its cells unchanged, and the reason in the last column. Correct it and import it again.
   */
  rest(): AsyncGenerator<Uint8Array, void, undefined>;
}

/** The options of {@link ImportPlan.run}. */
export interface RunOptions {
  /** The journal that records the import. A run continues where its journal ends. Only one run at a time can use it. */
  journal?: ImportJournal | undefined;
  /** Called after each step. What it throws ends the run, which its journal can continue. */
  onProgress?: ((progress: ImportProgress) => void) | undefined;
  /**
   * Stops the run. It first waits for a request that was sent, so that its customer need not be looked up later, and
   * then rejects with the signal's reason. Another run with the same journal continues.
   */
  signal?: AbortSignal | undefined;
}

/** The plan of an import. */
export interface ImportPlan {
  /** The number of customers in the file. */
  rows: number;
  /** As in the report of `checkFile`. */
  dates?: FileDates;
  /** As in the report of `checkFile`. Damaged cells are imported as they are, if they are valid. */
  damage: FileDamage[];
  /** The number of rows for each outcome, as far as it is known in advance. Nothing has been written yet. */
  counts: {
    /** Customers to be created. */
    create: number;
    /** Customers to be changed. */
    update: number;
    /** Rows of existing customers. */
    skip: number;
    /** Rows that are not valid. */
    refuse: number;
    /** Rows that must be looked up first: the rest of the quota is not enough to do so now. */
    undecided: number;
  };
  /** The rows that are finished according to the journal. */
  done: Omit<ImportCounts, "rows" | "requests">;
  /** The number of rows without an email address, for which existing customers cannot be recognised. */
  withoutEmail: number;
  /** The maximum number of requests to be made. */
  requests: number;
  /**
   * The number of hours that it waits for the quota; 0 if the rest of this hour's quota is enough. A tenth of the quota
   * is left to others.
   */
  hours: number;
  /** The expected end of the import, because of the quota. */
  end: Date;
  /**
   * Imports the file. Requests that were sent and not answered are looked up, and never sent again. Rejects with the
   * error of a request if the others would fail as well (a token that is not accepted, a service that is down), with an
   * error of the journal, or with an `Error` whose `code` is `"too_many_refusals"`, `"journal_damaged"`,
   * `"journal_of_other_import"` or `"journal_of_other_version"`. After any of these, a run with the same journal
   * continues.
   */
  run(options?: RunOptions): Promise<ImportResult>;
}

/** Imports a file of customers, in two steps: the plan, and its run. */
export const importCustomers: {
  /**
   * Checks a file, asks the service which customers exist, and plans the import. Nothing is written. A
   * stream is refused: the file is read several times.
   *
   * ```js
   * const plan = await importCustomers.plan(file, api);
   * const journal = await openJournal("customers.csv.journal");
   * const { created, refused } = await plan.run({ journal });
   * ```
   */
  plan(file: CustomerFile, api: CustomersApi, options?: ImportOptions): Promise<ImportPlan>;
};
