/**
 * The error classes, and how the plain object that Rust rejects with becomes one of them.
 *
 * An error is recognised by a brand, not by `instanceof`: two copies of the package, or two realms, may meet. Names are
 * written out, because minifiers rename classes; as getters, so that a bundler sees that nothing happens at import.
 */
import type * as declared from "./types/errors.d.ts";
import type { BulkErrorCode, BulkErrorOptions } from "./types/errors.d.ts";

export type { BulkErrorOptions };

/** What an error carries beside its message, in the order in which `toJSON()` gives it. */
const FIELDS = [
  "code",
  "retryable",
  "errorCode",
  "status",
  "outcome",
  "jobId",
  "batchId",
  "state",
  "stateMessage",
  "expected",
  "received",
  "row",
  "column",
  "field",
  "byte",
] as const;

/** Any failure but wrong arguments and an abort. */
export class BulkError extends Error implements declared.BulkError {
  declare readonly code: BulkErrorCode;
  declare readonly retryable: boolean;
  declare readonly errorCode?: string;
  declare readonly status?: number;
  declare readonly outcome?: "unknown";
  declare readonly jobId?: string;
  declare readonly batchId?: string;
  declare readonly state?: string;
  declare readonly stateMessage?: string;

  constructor(message?: string, { cause, ...fields }: BulkErrorOptions = {}) {
    super(message, cause === undefined || cause === null ? undefined : { cause });
    Object.defineProperty(this, brand(), { value: true });
    const given = {
      ...fields,
      code: fields.code ?? "internal",
      retryable: fields.retryable ?? false,
    };
    for (const name of FIELDS) {
      const value = given[name];
      if (value !== undefined && value !== null) Object.assign(this, { [name]: value });
    }
  }

  override get name(): string {
    return "BulkError";
  }

  toJSON(): Record<string, unknown> {
    const { name, code, message } = this;
    const own = new Map<string, unknown>(Object.entries(this));
    const fields = FIELDS.filter((field) => own.has(field));
    const values = fields.map((field) => [field, own.get(field)] as const);
    return { name, code, message, ...Object.fromEntries(values) };
  }
}

export class BulkNetworkError extends BulkError implements declared.BulkNetworkError {
  declare readonly code: "network";

  override get name(): string {
    return "BulkNetworkError";
  }
}

export class BulkSessionError extends BulkError implements declared.BulkSessionError {
  declare readonly code: "session" | "login";

  override get name(): string {
    return "BulkSessionError";
  }
}

export class BulkJobFailedError extends BulkError implements declared.BulkJobFailedError {
  declare readonly code: "job-failed";

  override get name(): string {
    return "BulkJobFailedError";
  }
}

export class BulkJobAbortedError extends BulkError implements declared.BulkJobAbortedError {
  declare readonly code: "job-aborted";

  override get name(): string {
    return "BulkJobAbortedError";
  }
}

export class BulkIncompleteError extends BulkError implements declared.BulkIncompleteError {
  declare readonly code: "incomplete";
  declare readonly expected?: number;
  declare readonly received?: number;

  override get name(): string {
    return "BulkIncompleteError";
  }
}

export class BulkCsvError extends BulkError implements declared.BulkCsvError {
  declare readonly code: "csv" | "record";
  declare readonly row?: number;
  declare readonly column?: number;
  declare readonly field?: string;
  declare readonly byte?: number;

  override get name(): string {
    return "BulkCsvError";
  }
}

export class BulkTimeoutError extends BulkError implements declared.BulkTimeoutError {
  declare readonly code: "timeout";

  override get name(): string {
    return "BulkTimeoutError";
  }
}

export function isBulkError(value: unknown): value is declared.AnyBulkError {
  return typeof value === "object" && value !== null && Reflect.get(value, brand()) === true;
}

function brand(): symbol {
  return Symbol.for("salesforce-bulk.error");
}

/** The class of a code. */
function classOf(code: BulkErrorCode): typeof BulkError {
  switch (code) {
    case "network":
      return BulkNetworkError;
    case "session":
    case "login":
      return BulkSessionError;
    case "job-failed":
      return BulkJobFailedError;
    case "job-aborted":
      return BulkJobAbortedError;
    case "incomplete":
      return BulkIncompleteError;
    case "csv":
    case "record":
      return BulkCsvError;
    case "timeout":
      return BulkTimeoutError;
    default:
      return BulkError;
  }
}

/** Makes the error of the right class. */
export function bulkError(
  code: BulkErrorCode,
  message: string,
  fields: BulkErrorOptions = {},
): BulkError {
  const Type = classOf(code);
  return new Type(message, { ...fields, code });
}

/** The plain object that Rust rejects with. */
export interface Fault extends Omit<BulkErrorOptions, "code"> {
  code: BulkErrorCode | "argument";
  message: string;
}

export function isFault(value: unknown): value is Fault {
  if (typeof value !== "object" || value === null) return false;
  const { code, message } = value as { code?: unknown; message?: unknown };
  return typeof code === "string" && typeof message === "string";
}

/** What an operation knows of itself. */
export interface FaultContext {
  jobId?: string | undefined;
  batchId?: string | undefined;
  /** Texts that must not be seen. */
  hide?: readonly string[];
}

/** The error to throw for a fault. A wrong argument that Rust found is a TypeError, as those found here are. */
export function fromFault(
  fault: unknown,
  { jobId, batchId, hide = [] }: FaultContext = {},
): BulkError | TypeError {
  if (!isFault(fault)) return unexpected(fault);
  const { code, message, ...fields } = fault;
  if (code === "argument") return new TypeError(message);
  const text = code === "network" ? withCorsHint(message) : message;
  return bulkError(code, redact(text, hide), {
    ...fields,
    jobId: fields.jobId ?? jobId,
    batchId: fields.batchId ?? batchId,
    stateMessage: redactOptional(fields.stateMessage, hide),
  });
}

/** A fault of this library, or of the wasm in it. */
export function internalError(text: string, cause?: unknown): BulkError {
  return bulkError("internal", text, { cause });
}

function unexpected(thrown: unknown): BulkError | TypeError {
  if (isBulkError(thrown) || thrown instanceof TypeError) return thrown;
  const message = thrown instanceof Object && "message" in thrown ? thrown.message : thrown;
  const text = typeof message === "string" ? message : String(thrown);
  return internalError(`salesforce-bulk failed inside: ${text}. Please report it.`, thrown);
}

/** A text without the words that are never to be shown. */
export function redact(text: string, words: readonly string[]): string {
  return words.reduce((clean, word) => (word ? clean.replaceAll(word, "***") : clean), text);
}

function redactOptional(
  text: string | null | undefined,
  words: readonly string[],
): string | undefined {
  return typeof text === "string" ? redact(text, words) : undefined;
}

/** A browser says no more than "failed" when CORS forbids a call, so the hint is all there is. */
function withCorsHint(message: string): string {
  const page = typeof globalThis.document !== "undefined";
  const worker = "importScripts" in globalThis;
  if (!page && !worker) return message;
  const origin = globalThis.location?.origin;
  return (
    `${message.replace(/\.$/, "")}. In a browser a call that CORS forbids looks the same: add this page's origin` +
    `${origin ? ` (${origin})` : ""} in Salesforce under Setup → CORS.` +
    " Bulk API 1.0 and signing in by password may not answer pages at all: use Bulk API 2.0 and an access token."
  );
}
