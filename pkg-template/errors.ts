/**
 * The error classes, and how the plain object that Rust rejects with becomes one of them.
 *
 * An error is recognised by a brand, not by `instanceof`: two copies of the package, or two realms, may meet.
 */

const BRAND = Symbol.for("salesforce-bulk.error");

/** What an error carries beside its message, in the order in which `toJSON()` gives it. */
const FIELDS = [
  "errorCode",
  "status",
  "retryable",
  "outcome",
  "jobId",
  "batchId",
  "state",
  "stateMessage",
];
const MORE_FIELDS = ["expected", "received", "row", "column", "field", "byte"];

/** Any failure but wrong arguments and an abort. */
export class BulkError extends Error {
  /** @param {string | { code?: string, message: string, cause?: unknown, [field: string]: unknown }} fault */
  constructor(fault) {
    const {
      message,
      code = "internal",
      cause,
      ...rest
    } = typeof fault === "string" ? { message: fault } : fault;
    super(message, cause === undefined || cause === null ? undefined : { cause });
    this.code = code;
    this.retryable = false;
    for (const field of [...FIELDS, ...MORE_FIELDS]) {
      if (rest[field] !== undefined && rest[field] !== null) this[field] = rest[field];
    }
  }

  toJSON() {
    const fields = { name: this.name, code: this.code, message: this.message };
    for (const field of [...FIELDS, ...MORE_FIELDS]) {
      if (this[field] !== undefined) fields[field] = this[field];
    }
    return fields;
  }
}

export class BulkNetworkError extends BulkError {}
export class BulkSessionError extends BulkError {}
export class BulkJobFailedError extends BulkError {}
export class BulkJobAbortedError extends BulkError {}
export class BulkIncompleteError extends BulkError {}
export class BulkCsvError extends BulkError {}
export class BulkTimeoutError extends BulkError {}

/** Names are written out, because minifiers rename classes. */
const NAMES = {
  BulkError,
  BulkNetworkError,
  BulkSessionError,
  BulkJobFailedError,
  BulkJobAbortedError,
  BulkIncompleteError,
  BulkCsvError,
  BulkTimeoutError,
};
for (const [name, type] of Object.entries(NAMES)) {
  Object.defineProperty(type.prototype, "name", { value: name, configurable: true });
}
Object.defineProperty(BulkError.prototype, BRAND, { value: true });

/** The class of each code; what is not here is a plain BulkError. */
const CLASS_OF = new Map([
  ["network", BulkNetworkError],
  ["session", BulkSessionError],
  ["login", BulkSessionError],
  ["job-failed", BulkJobFailedError],
  ["job-aborted", BulkJobAbortedError],
  ["incomplete", BulkIncompleteError],
  ["csv", BulkCsvError],
  ["record", BulkCsvError],
  ["timeout", BulkTimeoutError],
]);

/** Makes the error of the right class. */
export function bulkError(code, message, fields = {}) {
  const Type = CLASS_OF.get(code) ?? BulkError;
  return new Type({ ...fields, code, message });
}

export function isBulkError(value) {
  return typeof value === "object" && value !== null && value[BRAND] === true;
}

/** Whether it is the plain object that Rust rejects with. */
export function isFault(value) {
  return typeof value?.code === "string" && typeof value.message === "string";
}

/**
 * The error for what Rust rejected with.
 *
 * @param {any} fault the plain object, or, where something else broke, anything
 * @param {{ jobId?: string, batchId?: string, hide?: readonly string[] }} [context] what the caller knows besides;
 *   words never to be shown
 */
export function fromFault(fault, { jobId, batchId, hide = [] } = {}) {
  if (!isFault(fault)) return unexpected(fault);
  const { code, message, ...fields } = fault;
  if (code === "argument") return new TypeError(message);
  const text = code === "network" ? withCorsHint(message) : message;
  return bulkError(code, redact(text, hide), {
    ...fields,
    jobId: fields.jobId ?? jobId,
    batchId: fields.batchId ?? batchId,
    stateMessage: redact(fields.stateMessage, hide),
  });
}

/** A fault of this library, or of the wasm in it. */
export function internalError(text, cause) {
  return bulkError("internal", text, { cause });
}

function unexpected(thrown) {
  if (isBulkError(thrown) || thrown instanceof TypeError) return thrown;
  const text = typeof thrown?.message === "string" ? thrown.message : String(thrown);
  return internalError(`salesforce-bulk failed inside: ${text}. Please report it.`, thrown);
}

/** A text without the words that are never to be shown. */
export function redact(text, words) {
  if (typeof text !== "string") return text;
  return words.reduce((clean, word) => (word ? clean.replaceAll(word, "***") : clean), text);
}

/** A browser says no more than "failed" when CORS forbids a call, so the hint is all there is. */
function withCorsHint(message) {
  const page = typeof globalThis.document !== "undefined";
  const worker = typeof globalThis.importScripts === "function";
  if (!page && !worker) return message;
  const origin = globalThis.location?.origin;
  return (
    `${message.replace(/\.$/, "")}. In a browser a call that CORS forbids looks the same: add this page's origin` +
    `${origin ? ` (${origin})` : ""} in Salesforce under Setup → CORS.` +
    " Bulk API 1.0 and signing in by password may not answer pages at all: use Bulk API 2.0 and an access token."
  );
}
