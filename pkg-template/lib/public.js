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
