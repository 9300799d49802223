/** What all entries export beside `init`. */
export { Bulk } from "./bulk.js";
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
} from "./errors.js";
export { formatCsv } from "./format-csv.js";
export { parseCsv } from "./parse-csv.js";
export { splitCsv } from "./split-csv.js";
