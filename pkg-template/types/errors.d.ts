/** The kinds of failure: the thing to switch on. */
export type BulkErrorCode =
  /** No answer: offline, refused, cut off, silent for too long, or forbidden by CORS. */
  | "network"
  /** The session has expired or is invalid, and could not be refreshed. */
  | "session"
  /** Signing in was refused. */
  | "login"
  /** Salesforce refused the request; `errorCode` says why. */
  | "request"
  /** Salesforce could not serve the request: 5xx. */
  | "server"
  /** A limit of the API or of the org. */
  | "limit"
  /** The job or batch failed; `stateMessage` says why. */
  | "job-failed"
  /** The job was aborted. */
  | "job-aborted"
  /** The rows that came are not as many as the job's. */
  | "incomplete"
  /** CSV that cannot be read. */
  | "csv"
  /** A record or a value that cannot be written. */
  | "record"
  /** An answer that cannot be understood, or one that points to another host: redirects are not followed. */
  | "response"
  /** The time given was up; the job is left as it is. */
  | "timeout"
  /** Rows that were read before. */
  | "used"
  /** A fault of this library. */
  | "internal";

/**
 * Any failure but wrong arguments (`TypeError`) and an abort (`signal.reason`). `code` narrows it to its class where it is
 * an {@link AnyBulkError}, as `isBulkError` says. Between threads post `error.toJSON()`: a structured clone of an error
 * keeps little but its message.
 */
export class BulkError extends Error {
  constructor(message?: string, options?: BulkErrorOptions);
  readonly name: string;
  readonly code: BulkErrorCode;
  /** Salesforce's own code, such as `InvalidBatch` or `MALFORMED_QUERY`. */
  readonly errorCode?: string;
  /** The HTTP status. */
  readonly status?: number;
  /** Whether the same call, made again, may succeed, and can neither double nor lose a row. */
  readonly retryable: boolean;
  /**
   * `"unknown"` where rows may be stored, now or later, although the call failed: look before they are sent again. The
   * message says how to go on; `jobId` and `batchId` say where.
   */
  readonly outcome?: "unknown";
  readonly jobId?: string;
  readonly batchId?: string;
  /** The state of the job or batch. */
  readonly state?: string;
  /** What Salesforce says of that state. */
  readonly stateMessage?: string;
  readonly cause?: unknown;
  /** The fields above as plain data, without the cause. */
  toJSON(): Record<string, unknown>;
}

/** What an error is made of. */
export interface BulkErrorOptions {
  code?: BulkErrorCode;
  cause?: unknown;
  errorCode?: string;
  status?: number;
  retryable?: boolean;
  outcome?: "unknown";
  jobId?: string;
  batchId?: string;
  state?: string;
  stateMessage?: string;
}

/** `network`: in a browser, CORS looks like this too. */
export class BulkNetworkError extends BulkError {
  readonly code: "network";
}
/** `session` and `login`. */
export class BulkSessionError extends BulkError {
  readonly code: "session" | "login";
}
/** `job-failed`. */
export class BulkJobFailedError extends BulkError {
  readonly code: "job-failed";
}
/** `job-aborted`. */
export class BulkJobAbortedError extends BulkError {
  readonly code: "job-aborted";
}
/** `incomplete`. */
export class BulkIncompleteError extends BulkError {
  readonly code: "incomplete";
  readonly expected?: number;
  readonly received?: number;
}
/** `csv` and `record`: where it happened. */
export class BulkCsvError extends BulkError {
  readonly code: "csv" | "record";
  /** From 1; for CSV the header is row 1, for records the first record is. */
  readonly row?: number;
  /** From 1. */
  readonly column?: number;
  /** The field, where it is known. */
  readonly field?: string;
  /** From the start of the data. */
  readonly byte?: number;
}
/** `timeout`. */
export class BulkTimeoutError extends BulkError {
  readonly code: "timeout";
}

/** A failure by its `code`: a union that a `switch` narrows. */
export type AnyBulkError =
  | BulkNetworkError
  | BulkSessionError
  | BulkJobFailedError
  | BulkJobAbortedError
  | BulkIncompleteError
  | BulkCsvError
  | BulkTimeoutError
  | PlainBulkError;

/** A failure that has no class of its own. */
export interface PlainBulkError extends BulkError {
  readonly code: "request" | "server" | "limit" | "response" | "used" | "internal";
}

/** Whether it is a {@link BulkError}, of whichever copy of this package or realm. */
export function isBulkError(value: unknown): value is AnyBulkError;
