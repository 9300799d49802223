/** What all entries export beside `init`. */
export { Bulk } from "./client/bulk.ts";
export { formatCsv } from "./csv/format.ts";
export { parseCsv } from "./csv/parse.ts";
export { splitCsv } from "./csv/split.ts";
export {
  BulkCsvError,
  BulkError,
  BulkIncompleteError,
  BulkJobAbortedError,
  BulkJobFailedError,
  BulkNetworkError,
  BulkSessionError,
  BulkTimeoutError,
  isBulkError,
} from "./errors.ts";
