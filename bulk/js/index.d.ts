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

/** How a file is read. What is not given is found over its first 64 KiB, or more if its header is longer. */
export interface FileDialect {
  /** Windows-1252 is never found, only given: no file shows that it is that. */
  encoding: FileEncoding;
  /** The character between the cells of a row. */
  delimiter: FileDelimiter;
  /** Whether a row names the columns. */
  header: boolean;
}

/** What is known of how a file is read. */
export type GivenDialect = { [Name in keyof FileDialect]?: FileDialect[Name] | undefined };

/**
 * What is done to cells before they are checked. Only what is named here is done, and every changed value is counted in
 * the report's `fixes`.
 */
export interface FileFixes {
  /** Takes blanks around cells away. The items of lists never have them. */
  trim?: boolean | undefined;
  /** Takes all blanks out of telephone numbers. */
  phoneBlanks?: boolean | undefined;
  /** Writes the letters A to Z of email addresses small. */
  lowerCaseEmails?: boolean | undefined;
  /**
   * Divides a whole name, if the file has no column for either half: `Ada King Lovelace` into `Ada` and `King
   * Lovelace`, `Lovelace, Ada` into `Ada` and `Lovelace`. A single name is the first one.
   */
  splitNames?: boolean | undefined;
  /**
   * Reads dates in this order of day, month and year, such as 31/12/1990, 31.12.1990 or 31-12-1990 for `dmy`. Years
   * must have four digits. If one date of the file fits another order and not this one, none is changed: see the
   * report's `dates`.
   */
  dates?: DateOrder | undefined;
}

/** An order of day, month and year. */
export type DateOrder = "dmy" | "mdy" | "ymd";

/** How often a fix changed a column. */
export interface FileFixed {
  /** The fix. */
  fix: keyof FileFixes;
  /** The column, from 1. */
  column: number;
  /** The name of the column. */
  name: string;
  /** In how many rows a value was changed. */
  rows: number;
}

/** What the dates say of their order that are not YYYY-MM-DD. */
export interface FileDates {
  /** The column, from 1. */
  column: number;
  /** The name of the column. */
  name: string;
  /** How many rows have such a date. */
  rows: number;
  /** The orders that fit all of them. If there are two, ask for the right one: `either` shows where they differ. */
  orders: DateOrder[];
  /** The first row that speaks against each of the other orders. */
  against: Partial<Record<DateOrder, FilePlace>>;
  /** The first rows that are one date as `dmy` and another as `mdy`, three at most. */
  either: FilePlace[];
  /** Whether they were read in the order that `fixes.dates` names. */
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

/** One column, as it was understood. The keys of JSON are columns, too: those of an object as `object.key`. */
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
  /** The kind of issue, for programs. */
  code:
    | IssueCode
    | "invalid_encoding"
    | "unclosed_quote"
    | "text_after_quote"
    | "too_many_cells"
    | "invalid_json"
    | "nested_value";
  /** What is wrong and what to do. It holds no part of the file. */
  message: string;
  /** The data of the message, for your own messages. */
  params?: Record<string, string | number>;
}

/** What a spreadsheet did to a column. It need not break a rule. */
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
  /** What was seen, and what to ask for. */
  message: string;
  /** The column, from 1; none if whole rows have it. */
  column?: number;
  /** The name of the column. */
  name?: string;
  /** How many rows have it. */
  rows: number;
  /** The first row that has it. */
  first: FilePlace;
}

/** How far a file has been read. */
export interface CheckProgress {
  /** The bytes read so far. */
  bytes: number;
  /** The size of the file; undefined if it is not known. */
  size: number | undefined;
  /** How many customers were found so far. */
  rows: number;
  /** How many of them have no issue. */
  valid: number;
  /** How many issues were found so far. */
  issueCount: number;
}

/** The options of {@link checkFile}. */
export interface CheckOptions {
  /**
   * Where columns go, by their names: a field such as `company_address.city` or `marketing_preferences.<id>`, or null
   * to leave one out. The columns of a file without a header are named `1`, `2` and so on.
   */
  mapping?: Record<string, string | null | undefined> | undefined;
  /** If a delimiter or a header is given, the file is not JSON. */
  dialect?: GivenDialect | undefined;
  /** What is done to cells before they are checked. Default: nothing. */
  fixes?: FileFixes | undefined;
  /** How many issues are listed, 1000 unless given. All are counted. */
  keep?: number | undefined;
  /** Called as the file is read. */
  onProgress?: ((progress: CheckProgress) => void) | undefined;
  /** Ends the check, which rejects with the reason of the signal. */
  signal?: AbortSignal | undefined;
  /**
   * A worker of the page that does the check, so that the page stays responsive however large the file is. Its script
   * is `import "collins-customers/bulk/worker";`. It may serve any number of checks, and ends when it is told to
   * (`terminate`). The file must be a Blob, bytes, a string, or a stream of a browser that can transfer one.
   *
   * The check rejects if the worker fails, and if it does not answer within 30 seconds, because its script could not be
   * loaded or is another one. It gets the file only after its first answer. A browser does not say that a page has ended
   * a worker: abort the check by its `signal` before you do.
   *
   * @example
   * const worker = new Worker(new URL("./check-worker.js", import.meta.url), { type: "module" });
   * const report = await checkFile(file, { worker });
   */
  worker?: Worker | undefined;
}

/**
 * The first issues, so many as `keep` says: 1000 unless given. `for await` goes over all of them, and `page` gives so
 * many of all; what is not kept is read anew from the file, so it needs no memory. A stream can be read only once.
 */
export interface FileIssues extends Array<FileIssue> {
  /** All issues, one by one. */
  [Symbol.asyncIterator](): AsyncGenerator<FileIssue, void, undefined>;
  /** A page, from 1, of `size` issues: 100 unless given. It is empty beyond the last one. */
  page(number: number, size?: number): Promise<FileIssue[]>;
}

/** The report of {@link checkFile}. */
export interface CheckReport {
  /** How many customers the file has. */
  rows: number;
  /** How many of them have no issue. */
  valid: number;
  /** What is wrong with the file. */
  issues: FileIssues;
  /** How many there are, also those that are not listed. */
  issueCount: number;
  /** What a spreadsheet did to the file. */
  damage: FileDamage[];
  /** What the fixes did. */
  fixes: FileFixed[];
  /** What the dates say of their order; none if all are YYYY-MM-DD. */
  dates?: FileDates;
  /** How the file was read. */
  dialect: FileDialect & {
    /** Of JSON, the delimiter and the header say nothing. */
    format: "csv" | "ndjson" | "json";
    /** How many rows come before the header, or before the first customer. */
    preamble: number;
  };
  /** How its columns were understood. */
  columns: FileColumn[];
  /** The customers of the valid rows, read anew from the file. A stream can be read only once. */
  customers(): AsyncGenerator<NewCustomer, void, undefined>;
}

/** Checks every row of a file with the rules of the API. No request is made. */
export function checkFile(file: CustomerFile, options?: CheckOptions): Promise<CheckReport>;

/** What a bulk function needs of a client. */
export type BulkApi = Pick<CustomersApi, "list" | "rateLimit">;

/**
 * Which customers are exported; all of them if there is none. `limit`, `sort` and `page` are refused: an export asks
 * for every page, the newest customers first.
 */
export type ExportFilter = AnyCustomerFilter | Omit<CustomerListFilter, "limit" | "sort" | "page">;

/**
 * Where an export goes.
 *
 * - A `WritableStream` gets bytes of UTF-8, one chunk for each page of customers. It is closed at the end; after an
 *   error it stays open, so that a resumed export can go on with it.
 * - An object with `write(text)`, such as a stream of Node, and a function get the text of each page. The export goes
 *   on when what they return has settled; a stream of Node is waited for until it drains. They are not closed.
 */
export type ExportSink = WritableStream<Uint8Array> | TextSink | ((text: string) => unknown);

/** An object that takes the text of an export. */
export interface TextSink {
  /** Takes the text of a page. */
  write(text: string): unknown;
}

/**
 * Where an export stopped: plain data, which survives JSON and `structuredClone`. It holds the filter and the ids of
 * the customers that were written.
 */
export interface ExportResume {
  /** The filter, as a query string. */
  filter: string;
  /** The format. */
  format: "csv" | "ndjson";
  /** The marketing preferences that have columns; none before the header was written. */
  preferences?: string[];
  /**
   * How many bytes of UTF-8 were written. If the sink may have taken more when it failed, cut it off there before the
   * export goes on.
   */
  bytes: number;
  /** How many customers were written. */
  customers: number;
  /** The number of customers before the next page. */
  position: number;
  /** The largest position so far. */
  furthest: number;
  /** The number of customers that the last answer counted. */
  total: number | null;
  /** The ids of the customers that were written. */
  ids: string[];
}

/** How far an export has come. */
export interface ExportProgress {
  /** How many customers were written, by a resumed export those before among them. */
  customers: number;
  /** How many customers the last answer counted; null before the first one. */
  total: number | null;
  /** How many requests were made, without those before a resumed export and without the client's own retries. */
  requests: number;
  /** How many bytes of UTF-8 were written. */
  bytes: number;
  /** When the last request can be sent, by the quota of the last answer. */
  end: Date;
  /** Until when the export waits, for the quota to be renewed or a failure to pass; null if it does not. */
  waitingUntil: Date | null;
  /** Where the export is. It is made when it is read, and costs time by the number of customers. */
  readonly resume: ExportResume;
}

/** The options of {@link exportCustomers}. */
export interface ExportOptions {
  /**
   * `csv` (the default): RFC 4180 with a header, a column for each documented field; `ndjson`: each customer as the
   * service gave it, as a line of JSON.
   *
   * In CSV, lists are joined by semicolons, bookings are JSON, and each marketing preference has a column
   * `marketing_preferences.<id>` with `yes` or `no`. Cells that a spreadsheet would run as a formula begin with an
   * apostrophe; `checkFile` takes it away again. The last column holds, as JSON, all that has no column of its own.
   */
  format?: "csv" | "ndjson" | undefined;
  /** Whether the file begins with a byte-order mark, by which some spreadsheets know UTF-8. Default: false. */
  bom?: boolean | undefined;
  /**
   * Ids of marketing preferences that have columns in any case. The header comes first, so that without this only
   * those have them that a customer of the first page has.
   */
  preferences?: readonly string[] | undefined;
  /** Is called after each page, and before each wait. */
  onProgress?: ((progress: ExportProgress) => void) | undefined;
  /** Ends the export. It rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Goes on where an export with the same filter and format stopped, and writes no second header. */
  resume?: ExportResume | undefined;
}

/** What an export wrote. */
export interface ExportResult {
  /** How many customers were written, by a resumed export those before among them. */
  customers: number;
  /** How many requests were made. */
  requests: number;
  /** How many bytes of UTF-8 were written. */
  bytes: number;
  /** CSV: how many customers have something in the last column, the one for what has no column of its own. */
  otherFields?: number;
}

/** The price of an export. */
export interface ExportPlan {
  /** How many customers there are. */
  customers: number;
  /** How many requests the export makes if nothing goes wrong and nobody comes or goes. */
  requests: number;
  /** How many hours the quota makes it wait; 0 if what is left of this hour is enough. */
  hours: number;
  /** When the last request can be sent. */
  end: Date;
}

/** The type of {@link exportCustomers}. */
export interface ExportCustomers {
  /**
   * Writes all customers of a filter to a file, page by page. Each is written once, though customers come and go
   * meanwhile; who is created meanwhile may be missing.
   *
   * It makes requests as fast as the quota of the answers allows, and leaves a tenth of each hour's to others: then it
   * waits for the next hour. It also waits, for five minutes at most, while the service fails or cannot be reached.
   *
   * @throws What ended it: an error of the client, of the sink, or the signal's reason. Its property `resume` is where
   *   the export stopped: give it as an option to go on.
   * @throws {TypeError} The filter, the sink or an option is not right. No request was made.
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
  /** Says what an export would cost. It makes one request. */
  plan(
    api: BulkApi,
    filter?: ExportFilter,
    options?: { signal?: AbortSignal | undefined },
  ): Promise<ExportPlan>;
}

/** Writes all customers of a filter to a file: see {@link ExportCustomers}. */
export declare const exportCustomers: ExportCustomers;

/**
 * The journal of an import: what became of each row, one line each. It must outlive the process, and holds no data of
 * customers but what the service said against rows. `openJournal` of `collins-customers/bulk/file-journal` and of
 * `collins-customers/bulk/browser-journal` return one.
 */
export interface ImportJournal {
  /** All lines so far, in their order. The last one may be cut off, if the process died while it wrote. */
  read(): Promise<Iterable<string>>;
  /** Adds a line, and resolves when it would survive a crash. A line has no line break. */
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
   * What is done with a row whose address a customer has already. An earlier row of the file with the same address
   * counts as such a customer. Rows without an address cannot be recognised, and are created.
   *
   * - `"skip"`, unless given: nothing
   * - `"update"`: the customer gets what the row has and the customer has not. Empty cells change nothing; lists are
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
   * How many rows the service may refuse in one run, 20 unless given. With the next one the run stops with an error
   * whose `code` is `"too_many_refusals"`. Rows that the check refuses do not count: they are never sent.
   */
  maxRefusals?: number | undefined;
  /**
   * What else the journal belongs to, such as the name of the account. A journal that was begun with another text is
   * refused.
   */
  boundTo?: string | undefined;
  /** The journal of a run that did not end: what it has done is not looked up and not counted again. */
  journal?: ImportJournal | undefined;
  /** Called when the plan has to wait for the quota. */
  onProgress?: ((progress: ImportWait) => void) | undefined;
  /** Ends the planning, which rejects with the reason of the signal. */
  signal?: AbortSignal | undefined;
}

/** What became of the rows of a file: the five numbers add up to `rows`. */
export interface ImportCounts {
  /** How many customers the file has. */
  rows: number;
  /** Customers that were created. */
  created: number;
  /** Customers that were there and were changed. */
  updated: number;
  /** Rows of customers that were there already, or had all that the row has. */
  skipped: number;
  /** Rows that are not valid, or that the service refused. */
  refused: number;
  /** Rows that were sent, were not answered, and were not found afterwards. They are never sent again. */
  unknown: number;
  /** How many requests this run has made. */
  requests: number;
}

/** How far an import has come. */
export interface ImportProgress extends ImportCounts {
  /** When the quota is renewed, if the import waits for it; null if it does not. */
  waitingUntil: Date | null;
  /** When the import ends, by the rows that are left and the quota. */
  end: Date;
}

/** What an import did. */
export interface ImportResult extends ImportCounts {
  /**
   * The rows that were refused or are unknown, as a file like the one they came from: its encoding, its delimiter, its
   * header, its cells as they were written, and why they were not imported as the last column. To be corrected and
   * imported again.
   */
  rest(): AsyncGenerator<Uint8Array, void, undefined>;
}

/** The options of {@link ImportPlan.run}. */
export interface RunOptions {
  /** Where the import notes what it does. A run goes on from where its journal ends. */
  journal?: ImportJournal | undefined;
  /** Called after each step. */
  onProgress?: ((progress: ImportProgress) => void) | undefined;
  /**
   * Stops the run. A request that is on its way is waited for, so that nobody has to look for its customer; the run
   * rejects with the signal's reason, and goes on from its journal.
   */
  signal?: AbortSignal | undefined;
}

/** What an import is going to do. */
export interface ImportPlan {
  /** How many customers the file has. */
  rows: number;
  /** As in the report of `checkFile`. */
  dates?: FileDates;
  /** What will be done with how many rows, as far as it can be told before. Nothing was written yet. */
  counts: {
    /** Customers to be created. */
    create: number;
    /** Customers to be changed. */
    update: number;
    /** Rows of customers that are there already. */
    skip: number;
    /** Rows that are not valid. */
    refuse: number;
    /** Rows that must be looked up first: what is left of the quota is not enough to do so now. */
    undecided: number;
  };
  /** What the journal says is done. */
  done: Omit<ImportCounts, "rows" | "requests">;
  /** How many rows have no address, so that nobody can tell whether their customers are there already. */
  withoutEmail: number;
  /** How many requests are to be made, at most. */
  requests: number;
  /** How long that takes by the quota, in hours: 0 if it is enough. A tenth of the quota is left to others. */
  hours: number;
  /** When the import ends, by the quota. */
  end: Date;
  /**
   * Imports the file. What was begun and not answered is looked up, and never sent again. Rejects with the error of a
   * request that says that the others will fail as well (a token that is not accepted, a service that is down), with
   * what the journal rejects with, or with an `Error` whose `code` is `"too_many_refusals"`, `"journal_damaged"`,
   * `"journal_of_other_import"` or `"journal_of_other_version"`. After any, a run with the same journal goes on.
   */
  run(options?: RunOptions): Promise<ImportResult>;
}

/** Imports a file of customers, in two steps: the plan, and its run. */
export const importCustomers: {
  /**
   * Checks a file, asks the service who is there already, and says what an import would do. Nothing is written. A
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
