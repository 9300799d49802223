import type { CallOptions, WaitOptions } from "./bulk.d.ts";

/**
 * Rows on their way in. Lazy: nothing is sent before it is read. Single use: reading it a second time is an error.
 * `break` out of a loop, or an abort, stops the transfer.
 */
export interface Rows<T> extends AsyncIterable<T> {
  [Symbol.asyncIterator](): AsyncIterableIterator<T>;
  /** Arrays of rows, as they come: the fast way. */
  chunks(): AsyncIterableIterator<T[]>;
  /** The bytes as Salesforce sends them; of several pages or results, one CSV with one header. */
  bytes(): ReadableStream<Uint8Array>;
  /** All rows. */
  toArray(): Promise<T[]>;
}

/** A row as CSV carries it: every value text, an empty cell `null`. */
export type TextRow<T extends object> = { [K in keyof T]: string | null };

/** How rows are read. */
export interface ReadOptions extends CallOptions {
  /** What an empty CSV cell becomes. Default `null`: Salesforce stores no empty strings. */
  empty?: null | "" | undefined;
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
  | null
  | undefined
  | readonly string[];

/** A record to be written; one nested level names a parent by an indexed field: `{ Account: { Ext__c: "x" } }`. */
export type InputRecord = {
  readonly [field: string]: FieldValue | { readonly [field: string]: FieldValue };
};

/** Records, or CSV with a header, to be written. A `File` is a `Blob`. */
export type Source =
  | string
  | Uint8Array
  | ArrayBuffer
  | Blob
  | Response
  | ReadableStream<Uint8Array>
  | ReadableStream<string>
  | ReadableStream<object>
  | Iterable<object>
  | AsyncIterable<object>
  | AsyncIterable<Uint8Array>;

/** How records are written. */
export interface WriteOptions {
  /**
   * The fields, in order; a record with any other key is an error. Default: the union of the keys of the first 10 000
   * records, and a later new key is an error that names it.
   */
  columns?: readonly string[] | undefined;
  /** What `""` means: leave the field alone (`"ignore"`, the default) or set it to null. */
  emptyString?: "ignore" | "null" | undefined;
  /** Makes the literal text `#N/A`, which CSV cannot carry, an error. */
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

/** A load in flight. A failure nobody asks about is never an unhandled rejection. */
export interface Load {
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
