import type { CallOptions, WaitOptions } from "./bulk.d.ts";
import type {
  ColumnDelimiter,
  LineEnding,
  ReadOptions,
  Rows,
  Source,
  TextRow,
  WriteOptions,
} from "./rows.d.ts";
import type { ConcurrencyMode, ContentType, Operation } from "./v1.d.ts";

/** Bulk API 2.0. */
export interface V2 {
  /** Makes an ingest job; with `csv` (100 000 characters at the most) creates, uploads and starts it in one request. */
  createIngestJob(options: IngestJobOptions & CallOptions): Promise<IngestJob>;
  /** Makes a query job; the SOQL is checked at once. */
  createQueryJob(options: QueryJobOptions & CallOptions): Promise<QueryJob>;
  /** An ingest job that is there already. Sends nothing. */
  ingestJob(id: string): IngestJob;
  /** A query job that is there already. Sends nothing. */
  queryJob(id: string): QueryJob;
  /** The jobs of the org, over all pages of the list. */
  jobs(options: ListOptions & CallOptions): AsyncIterableIterator<V2JobInfo>;
}

export interface IngestJobOptions {
  object: string;
  operation: "insert" | "update" | "upsert" | "delete" | "hardDelete";
  /** For upsert. */
  externalIdFieldName?: string | undefined;
  columnDelimiter?: ColumnDelimiter | undefined;
  lineEnding?: LineEnding | undefined;
  assignmentRuleId?: string | undefined;
  /** The data, where it is small. */
  csv?: string | undefined;
}

export interface QueryJobOptions {
  query: string;
  operation?: "query" | "queryAll" | undefined;
  columnDelimiter?: ColumnDelimiter | undefined;
  lineEnding?: LineEnding | undefined;
}

export interface ListOptions {
  kind: "ingest" | "query";
  jobType?: "V2Ingest" | "V2Query" | "Classic" | "BigObjectIngest" | undefined;
  /** Only jobs with PK chunking, or only those without. */
  pkChunking?: boolean | undefined;
  /** Only jobs of this mode. */
  concurrencyMode?: ConcurrencyMode | undefined;
}

/**
 * A Bulk API 2.0 ingest job. Leaving an `await using` block stops the calls of this handle that are still under way; the job
 * itself is left as it is.
 */
export interface IngestJob extends AsyncDisposable {
  readonly id: string;
  /** Uploads the data: once a job, 100 MB at the most. Records are written as CSV in the job's own dialect. */
  upload(source: Source, options?: WriteOptions & CallOptions): Promise<void>;
  /** Tells Salesforce that the data is whole: the job begins. */
  uploadComplete(call?: CallOptions): Promise<V2JobInfo>;
  status(call?: CallOptions): Promise<V2JobInfo>;
  /** Waits for the end. Rows that failed are no failure of the job. @throws {BulkJobFailedError} {@link BulkTimeoutError} */
  wait(options?: WaitOptions): Promise<V2JobInfo>;
  abort(call?: CallOptions): Promise<V2JobInfo>;
  delete(call?: CallOptions): Promise<void>;
  /** Rows with `sf__Id` and `sf__Created`, in the server's order. */
  successfulResults(options?: ReadOptions): Rows<TextRow<Record<string, string>>>;
  /** Rows with `sf__Id` and `sf__Error`, in the server's order. */
  failedResults(options?: ReadOptions): Rows<TextRow<Record<string, string>>>;
  /** Rows that Salesforce did not come to. */
  unprocessedRecords(options?: ReadOptions): Rows<TextRow<Record<string, string>>>;
}

/**
 * A Bulk API 2.0 query job. Leaving an `await using` block stops the calls of this handle that are still under way; the job
 * itself is left as it is.
 */
export interface QueryJob extends AsyncDisposable {
  readonly id: string;
  status(call?: CallOptions): Promise<V2JobInfo>;
  wait(options?: WaitOptions): Promise<V2JobInfo>;
  abort(call?: CallOptions): Promise<V2JobInfo>;
  delete(call?: CallOptions): Promise<void>;
  /** One page by its locator; without one, the first. */
  results<T extends object = Record<string, string>>(
    options?: PageOptions,
  ): Promise<ResultPage<TextRow<T>>>;
  /** Page by page, each to be read before the next. */
  pages<T extends object = Record<string, string>>(
    options?: PageOptions,
  ): AsyncIterableIterator<ResultPage<TextRow<T>>>;
  /** The locators of the result pages; they may be read in any order, also at once. API 58.0 and later. */
  resultPages(call?: CallOptions): Promise<string[]>;
  /** The rows of all pages, counted against the job's number. Waits for the job first. */
  records<T extends object = Record<string, string>>(
    options?: ReadOptions & WaitOptions,
  ): Rows<TextRow<T>>;
}

export interface PageOptions extends ReadOptions {
  locator?: string | undefined;
  maxRecords?: number | undefined;
}

/** One page of a query's results. */
export interface ResultPage<T> extends Rows<T> {
  /** The next page's locator; null on the last. */
  readonly locator: string | null;
  /** How many rows Salesforce says the page has; null where the browser hides the header. */
  readonly numberOfRecords: number | null;
}

/** A job as Salesforce describes it. Dates are ISO 8601 in UTC, times in ms. What a state does not have yet is absent. */
export interface V2JobInfo {
  id: string;
  operation: Operation;
  object: string;
  createdById: string;
  createdDate: string;
  systemModstamp: string;
  state: "Open" | "UploadComplete" | "InProgress" | "JobComplete" | "Failed" | "Aborted" | "Closed";
  concurrencyMode?: ConcurrencyMode;
  contentType?: ContentType;
  apiVersion: number;
  jobType?: string;
  lineEnding?: LineEnding;
  columnDelimiter?: ColumnDelimiter;
  externalIdFieldName?: string;
  assignmentRuleId?: string;
  errorMessage?: string;
  numberRecordsProcessed?: number;
  numberRecordsFailed?: number;
  retries?: number;
  totalProcessingTime?: number;
  apiActiveProcessingTime?: number;
  apexProcessingTime?: number;
  isPkChunkingSupported?: boolean;
}
