import type { CallOptions, WaitOptions } from "./bulk.d.ts";

/**
 * Rows on their way in, of whatever gives them. Lazy: nothing is sent before they are read. Single use: reading them a
 * second time, in this way or another, is an error. `break` out of a loop, an abort, or the end of an `await using` block
 * stops the transfer.
 *
 * @example
 * for await (const contact of bulk.query(soql)) console.log(contact.LastName);
 * for await (const rows of bulk.query(soql).chunks()) await store(rows);
 * await bulk.query(soql).bytes().pipeTo(file);
 */
export interface Rows<T> extends AsyncIterable<T>, AsyncDisposable {
  /** The rows, one by one. */
  [Symbol.asyncIterator](): AsyncIterableIterator<T>;
  /** Arrays of rows, as they come: the fast way. */
  chunks(): AsyncIterableIterator<T[]>;
  /** The rows as arrays of values, in the order of the columns. A name that stands twice in a header is no error here. */
  arrays(): Rows<T[keyof T][]>;
  /** The rows as objects that cut a cell out of the text when it is read: the fast way to read few of many columns. */
  lazy(): Rows<LazyRow<T>>;
  /** The bytes as they come; of several pages or results of CSV, one CSV with one header. */
  bytes(): ReadableStream<Uint8Array<ArrayBuffer>>;
  /** {@link Rows.bytes} as one text. */
  text(): Promise<string>;
  /** The rows as NDJSON: a line of JSON each. */
  ndjson(): ReadableStream<Uint8Array<ArrayBuffer>>;
  /**
   * All rows.
   *
   * @throws {BulkError} `code: "limit"` where there are more than `max`; no more than those are read.
   */
  toArray(options?: ToArrayOptions): Promise<T[]>;
  /**
   * {@link Rows.bytes} as a `Response` with their type and a name to save them under: for a service worker, or a download.
   * It comes with the first bytes, so that what fails before them rejects here.
   */
  response(options?: ResponseOptions): Promise<Response>;
  /**
   * The names of the columns, in order; none where there is no row. Reads no further than it must, and the rows may be
   * read afterwards, but of an org's results not their bytes.
   */
  columns(): Promise<string[]>;
  /** The job that they are of, once it is known. */
  readonly jobId: string | undefined;
}

/** How many rows `toArray` may hold. */
export interface ToArrayOptions {
  /** At the most so many. Default: no limit. */
  max?: number | undefined;
}

/** What a response is called. */
export interface ResponseOptions {
  /** The name of the file. Default: the job's id, or `rows`, with `.csv`, `.json` or `.xml`. */
  name?: string | undefined;
}

/**
 * A row whose cells are cut out when they are read. Its fields are getters of its prototype, so that it has no keys of its
 * own and cannot be spread: `toObject()` gives a plain row, and so it crosses to another thread. It keeps the text of its
 * chunk, some 64 KiB, alive. A column called `toObject` or `toJSON` is read from the plain row.
 */
export type LazyRow<T> = Readonly<T> & {
  /** The row as a plain object. */
  toObject(): T;
  /** The same, for `JSON.stringify`. */
  toJSON(): T;
};

/** A row as CSV carries it: every value text, an empty cell `null`. */
export type TextRow<T extends object> = { [K in keyof T]: string | null };

/** A value of a record as JSON and XML carry it. */
export type RecordValue =
  | string
  | number
  | boolean
  | null
  | RecordValue[]
  | { [field: string]: RecordValue };

/** A row of a Bulk API 1.0 job: of CSV and XML every value is text, of JSON it is what it is. */
export type RecordRow<T extends object> = { [K in keyof T]: RecordValue };

/** How rows are read. */
export interface ReadOptions extends CallOptions {
  /** What an empty CSV cell becomes. Default `null`: Salesforce stores no empty strings. */
  empty?: null | "" | undefined;
  /** A text that means null wherever it is a whole cell of CSV, such as `"#N/A"`. Default: none. */
  null?: string | undefined;
  /** Makes `Account.Name` the field `Name` of the object `Account`, in CSV. Default false: a field with a dot in its name. */
  nested?: boolean | undefined;
  /** Makes CSV that is not UTF-8 an error. Default false: U+FFFD stands in its place. */
  fatal?: boolean | undefined;
}

/** How far a query or a load has come. */
export interface Progress {
  phase: "reading" | "uploading" | "processing" | "downloading" | "waiting" | "done";
  /** The job, once it is there. */
  jobId?: string;
  /** Records that Salesforce has processed so far, failed ones too. */
  processed?: number;
  /** Records that failed so far. */
  failed?: number;
  /** Rows delivered so far (a query). */
  rows?: number;
  /** Until the next try, in ms (`waiting`): after a failure that may pass, or because the server asks for it. */
  delay?: number;
  /** What is waited for to pass (`waiting`). */
  reason?: string;
}

/** A query from end to end. */
export interface QueryOptions extends ReadOptions, WaitOptions {
  /** The API: whole queries run on 2.0; for 1.0 see {@link Bulk.v1}. */
  api?: "2.0" | undefined;
  /** Rows a page, when pages are read by locator. Default: the server's choice. */
  maxRecords?: number | undefined;
  /** The delimiter of the CSV that `bytes()` gives. Default `COMMA`. */
  columnDelimiter?: ColumnDelimiter | undefined;
  /** The line ends of the CSV that `bytes()` gives. Default `LF`. */
  lineEnding?: LineEnding | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
  /** What becomes of an unfinished job on abort or `break`. Default `"leave"`. */
  onAbort?: "leave" | "abort-job" | undefined;
}

/** A value of a record to be written. Dates become ISO 8601 UTC; arrays of strings become `a;b`. */
export type FieldValue =
  | string
  | number
  | bigint
  | boolean
  | Date
  | { toJSON(): unknown }
  | null
  | undefined
  | readonly string[];

/**
 * A record to be written: an object of fields and {@link FieldValue}s; one nested level names a parent by an indexed field:
 * `{ Account: { Ext__c: "x" } }`.
 */
export type InputRecord =
  | { readonly [field: string]: FieldValue | { readonly [field: string]: FieldValue } }
  | (object & NoRecord);

/** What only looks like a record does not compile: a function, a promise, a list, a date. */
export interface NoRecord {
  readonly then?: never;
  readonly call?: never;
  readonly getTime?: never;
  readonly [Symbol.iterator]?: never;
}

/**
 * Records, or CSV with a header, to be written. A `File` is a `Blob`. A source is held from the call on: an array is copied,
 * and its records are read when their turn comes. Bytes are not copied: leave them as they are until the call is done.
 */
export type Source =
  | string
  | Uint8Array
  | ArrayBuffer
  | Blob
  | Response
  | ReadableStream<Uint8Array>
  | ReadableStream<string>
  | ReadableStream<InputRecord>
  | Iterable<InputRecord>
  | Iterable<Uint8Array | string>
  | AsyncIterable<InputRecord>
  | AsyncIterable<Uint8Array | string>;

/** How records are written. */
export interface WriteOptions {
  /**
   * The fields, in order; a record with any other key is an error. Default: the union of the keys of the first 10 000
   * records, and a later new key is an error that names it.
   */
  columns?: readonly string[] | undefined;
  /** What `""` means: leave the field alone (`"ignore"`, the default) or set it to null. */
  emptyString?: "ignore" | "null" | undefined;
  /**
   * Makes a text that CSV cannot carry an error: the text that means null (`#N/A`, or the option `null`), and half of a
   * surrogate pair, which otherwise arrives as U+FFFD.
   */
  strict?: boolean | undefined;
}

/** A load from end to end. */
export interface LoadOptions extends WriteOptions, WaitOptions {
  /** The API: whole loads run on 2.0; for 1.0 see {@link Bulk.v1}. */
  api?: "2.0" | undefined;
  /** Case and Lead: the assignment rule to run. */
  assignmentRuleId?: string | undefined;
  /** CSV given as bytes: its delimiter. Default: found from the header. */
  columnDelimiter?: ColumnDelimiter | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
  /** What becomes of an unfinished job on abort. Default `"leave"`. */
  onAbort?: "leave" | "abort-job" | undefined;
}

/**
 * A load in flight. A failure nobody asks about is never an unhandled rejection. Leaving an `await using` block stops a
 * transfer that still goes on, as an abort does.
 */
export interface Load extends AsyncDisposable {
  /** Settles when Salesforce has processed the load. May be called any number of times. */
  done(): Promise<LoadSummary>;
  /** The outcome of each row, in the server's order, when the load is done. */
  results(options?: CallOptions): Rows<LoadResult>;
}

export interface LoadSummary {
  processed: number;
  succeeded: number;
  failed: number;
  unprocessed: number;
  jobs: { id: string; state: string }[];
}

/** The outcome of one row. */
export interface Outcome {
  /** The position of the row in what was sent, from 0. Absent where the server's order is all there is. */
  index?: number;
  /** The record's id; null where there is none. */
  id: string | null;
  success: boolean;
  created: boolean;
  errors: RowError[];
}

/** The outcome of one row of a Bulk API 2.0 load. */
export interface LoadResult extends Outcome {
  /** False for a row that Salesforce did not come to. */
  processed: boolean;
  /** The row as Salesforce echoes it. */
  fields: Record<string, string | null>;
}

/** Why a row failed. */
export interface RowError {
  /** Salesforce's status code, such as `REQUIRED_FIELD_MISSING`. */
  code: string;
  message: string;
  fields: string[];
}

export type ColumnDelimiter = "BACKQUOTE" | "CARET" | "COMMA" | "PIPE" | "SEMICOLON" | "TAB";
export type LineEnding = "LF" | "CRLF";
