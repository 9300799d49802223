import type { CallOptions, WaitOptions } from "./bulk.d.ts";
import type {
  LineEnding,
  Outcome,
  ReadOptions,
  RecordRow,
  Rows,
  Source,
  WriteOptions,
} from "./rows.d.ts";

export type ContentType = "CSV" | "JSON" | "XML";
export type ConcurrencyMode = "Parallel" | "Serial";
export type Operation =
  | "query"
  | "queryAll"
  | "insert"
  | "update"
  | "upsert"
  | "delete"
  | "hardDelete";

/** Cuts a query into batches by ranges of ids. */
export interface PkChunking {
  /** Records a chunk. Default 100 000; 250 000 at the most. */
  chunkSize?: number | undefined;
  /** The parent object, for share and history objects. */
  parent?: string | undefined;
  /** The first id to look at. */
  startRow?: string | undefined;
}

/** A Bulk API 1.0 job to be made. */
export interface V1JobOptions extends CallOptions {
  /** The format of batches and results. Default `CSV`. */
  contentType?: ContentType | undefined;
  concurrencyMode?: ConcurrencyMode | undefined;
  /** `true`, a chunk size, its parts, or the header's own text. Queries only. */
  pkChunking?: boolean | number | string | PkChunking | undefined;
  /** Case and Lead: the assignment rule to run. */
  assignmentRuleId?: string | undefined;
  /** How line breaks inside text are stored. */
  lineEnding?: LineEnding | undefined;
  /** Keeps Salesforce from trying unfinished batches again. */
  disableBatchRetry?: boolean | undefined;
}

/** Bulk API 1.0. */
export interface V1 {
  createJob(
    options: V1JobOptions & {
      object: string;
      operation: Operation;
      externalIdFieldName?: string | undefined;
    },
  ): Promise<V1Job>;
  createQueryJob(object: string, options?: V1JobOptions): Promise<V1Job>;
  /** Deleted and archived records too. API 39.0 and later. */
  createQueryAllJob(object: string, options?: V1JobOptions): Promise<V1Job>;
  createInsertJob(object: string, options?: V1JobOptions): Promise<V1Job>;
  createUpdateJob(object: string, options?: V1JobOptions): Promise<V1Job>;
  createUpsertJob(
    object: string,
    externalIdFieldName: string,
    options?: V1JobOptions,
  ): Promise<V1Job>;
  createDeleteJob(object: string, options?: V1JobOptions): Promise<V1Job>;
  /** Needs the permission "Bulk API Hard Delete". */
  createHardDeleteJob(object: string, options?: V1JobOptions): Promise<V1Job>;
  /** A job that is there already. Sends nothing. */
  job(id: string): V1Job;
  /**
   * A query without a job of your own: finds the object in the SOQL, makes the job, adds the query. The job is
   * closed at once, but with PK chunking, where Salesforce adds batches later: then close it when you have read all.
   */
  query(
    soql: string,
    options?: V1JobOptions & { operation?: "query" | "queryAll" | undefined },
  ): Promise<V1Batch>;
}

/**
 * A Bulk API 1.0 job. Leaving an `await using` block stops the calls of this handle that are still under way; the job
 * itself is left as it is.
 */
export interface V1Job extends AsyncDisposable {
  readonly id: string;
  /** Adds a query. */
  addQuery(soql: string, call?: CallOptions): Promise<V1Batch>;
  /**
   * Adds a batch of records: at the most 10 000 records and 10 000 000 bytes. CSV given as text or bytes is sent as
   * it is, but for a byte order mark and mixed line ends; then the job's content type must be CSV.
   */
  addBatch(records: Source, options?: WriteOptions & CallOptions): Promise<V1Batch>;
  /** Tells how the columns of the batches map to fields (CSV with `Salesforce Field,Csv Header,Value,Hint`); before any batch. */
  postMapping(spec: Source, call?: CallOptions): Promise<void>;
  status(call?: CallOptions): Promise<V1JobInfo>;
  batches(call?: CallOptions): Promise<V1BatchInfo[]>;
  /** A batch that is there already. Sends nothing. */
  batch(id: string): V1Batch;
  /** Waits for every batch. @throws {BulkJobFailedError} of the first that failed. */
  wait(options?: WaitOptions): Promise<V1BatchInfo[]>;
  close(call?: CallOptions): Promise<V1JobInfo>;
  /** Stops what has not begun; what is done stays done. */
  abort(call?: CallOptions): Promise<V1JobInfo>;
}

/** A batch of a Bulk API 1.0 job. */
export interface V1Batch {
  readonly id: string;
  readonly job: V1Job;
  status(call?: CallOptions): Promise<V1BatchInfo>;
  /** Whether there is nothing left to wait for. @throws {BulkJobFailedError} when it failed. */
  isDone(call?: CallOptions): Promise<boolean>;
  /** Waits; of a chunked query, for all its chunks. @throws {BulkJobFailedError} {@link BulkTimeoutError} */
  wait(options?: WaitOptions): Promise<V1BatchInfo>;
  /** What was sent: the records, or the SOQL (of a chunk, with its range of ids). */
  request(call?: CallOptions): Promise<string>;
  /** What was sent, as bytes. */
  requestBytes(call?: CallOptions): ReadableStream<Uint8Array<ArrayBuffer>>;
  /** The ids of a query's results; of a chunked query, those of all chunks. */
  resultIds(call?: CallOptions): Promise<string[]>;
  /** The rows of one result. */
  result<T extends object = Record<string, unknown>>(
    id: string,
    options?: ReadOptions,
  ): Rows<RecordRow<T>>;
  /** The rows of all results, of all chunks. Waits for the batch first. */
  records<T extends object = Record<string, unknown>>(
    options?: ReadOptions & WaitOptions,
  ): Rows<RecordRow<T>>;
  /** One outcome a row, in order. Waits for the batch first. */
  results(options?: WaitOptions): Rows<Outcome & { index: number }>;
}

/** A job as Salesforce describes it. Dates are ISO 8601 in UTC, times in ms. */
export interface V1JobInfo {
  id: string;
  operation: Operation;
  object: string;
  createdById: string;
  createdDate: string;
  systemModstamp: string;
  state: "Open" | "Closed" | "Aborted" | "Failed";
  externalIdFieldName: string | null;
  concurrencyMode: ConcurrencyMode;
  contentType: ContentType | "ZIP_CSV" | "ZIP_JSON" | "ZIP_XML";
  numberBatchesQueued: number;
  numberBatchesInProgress: number;
  numberBatchesCompleted: number;
  numberBatchesFailed: number;
  numberBatchesTotal: number;
  /** Failed records too. */
  numberRecordsProcessed: number;
  numberRecordsFailed: number;
  numberRetries: number;
  apiVersion: number;
  assignmentRuleId: string | null;
  totalProcessingTime: number;
  apiActiveProcessingTime: number;
  apexProcessingTime: number;
}

/** A batch as Salesforce describes it. Dates are ISO 8601 in UTC, times in ms. */
export interface V1BatchInfo {
  id: string;
  jobId: string;
  state: "Queued" | "InProgress" | "Completed" | "Failed" | "NotProcessed";
  stateMessage: string | null;
  createdDate: string;
  systemModstamp: string;
  numberRecordsProcessed: number;
  numberRecordsFailed: number;
  totalProcessingTime: number;
  apiActiveProcessingTime: number;
  apexProcessingTime: number;
}
