import type { CallOptions } from "./bulk.d.ts";
import type {
  ColumnDelimiter,
  InputRecord,
  LineEnding,
  ReadOptions,
  Rows,
  TextRow,
  WriteOptions,
} from "./rows.d.ts";

/**
 * The CSV codec on its own: the same code that reads and writes for {@link Bulk}. It needs no session and sends nothing.
 */

/** A delimiter by its name or its character: the six that Bulk API 2.0 knows. */
export type Delimiter = ColumnDelimiter | "`" | "^" | "," | "|" | ";" | "\t";

/** CSV from wherever it is. Text is taken as it is; bytes are UTF-8, with a byte order mark or without. */
export type CsvSource =
  | string
  | Uint8Array
  | ArrayBuffer
  | Blob
  | Response
  | ReadableStream<Uint8Array>
  | ReadableStream<string>
  | Iterable<Uint8Array | string>
  | AsyncIterable<Uint8Array | string>;

/** How CSV is read. */
export interface ParseCsvOptions extends ReadOptions {
  /** What stands between two cells. Default `","`; `"auto"` takes whichever of the six the first record has most of. */
  delimiter?: Delimiter | "auto" | undefined;
  /** The names of the columns, where the data has no header row. Default: the first record. */
  header?: readonly string[] | undefined;
  /**
   * What becomes of a record with fewer cells than the header: an error (`"error"`, the default), or empty cells for
   * those that are missing (`"pad"`). A record with more cells is an error always: no cell is dropped.
   */
  ragged?: "error" | "pad" | undefined;
  /** How many bytes a record may have. Default 16 MiB: beyond it, a quote was probably never closed. */
  maxRecordBytes?: number | undefined;
}

/**
 * Reads CSV, of any size, in bounded memory.
 *
 * Records end with LF, CRLF or a lone CR. A cell is quoted where a quote is its first character; in it a quote is doubled.
 * A quote elsewhere is itself. An empty line is nothing, except in data of one column, where it is a row with an empty
 * cell. A name that occurs twice in the header is an error where rows are objects. `bytes()` gives the source as it is.
 *
 * @throws {BulkCsvError} while rows are read: `row` (1 is the first record, mostly the header), `column` and `byte` say
 * where. The rows before it are delivered first.
 */
export function parseCsv<T extends object = Record<string, string>>(
  source: CsvSource,
  options?: ParseCsvOptions,
): Rows<TextRow<T>>;

/** How CSV is written. */
export interface FormatCsvOptions extends CallOptions, WriteOptions {
  /** What stands between two cells. Default `","`. */
  delimiter?: Delimiter | undefined;
  /** What ends a record. Default `LF`. */
  lineEnding?: LineEnding | undefined;
  /** Whether the names of the columns are the first record. Default true. */
  header?: boolean | undefined;
  /** What `null` becomes. Default: an empty cell. `"#N/A"` is what Salesforce takes for null when it loads. */
  null?: string | undefined;
}

/** CSV as it is written. Lazy and single use. */
export interface CsvBytes extends AsyncIterable<Uint8Array<ArrayBuffer>>, AsyncDisposable {
  [Symbol.asyncIterator](): AsyncIterableIterator<Uint8Array<ArrayBuffer>>;
  /** The same as a web stream. */
  bytes(): ReadableStream<Uint8Array<ArrayBuffer>>;
  /** The same as one text. */
  text(): Promise<string>;
}

/**
 * Writes records as CSV, in UTF-8, in bounded memory. A cell is quoted only where it must be.
 *
 * @throws {BulkCsvError} while it is read (`code: "record"`): a value that cannot be written, or a field that no column
 * is for; `row` is the record's number from 1, `field` its field.
 */
export function formatCsv(
  records: Iterable<InputRecord> | AsyncIterable<InputRecord> | ReadableStream<InputRecord>,
  options?: FormatCsvOptions,
): CsvBytes;

/** How large a part may be. One of the three limits must be given; a part keeps to all that are. */
export interface SplitCsvOptions extends CallOptions {
  /** Bytes a part, its header included. */
  maxBytes?: number | undefined;
  /** Records a part, the header not counted. */
  maxRows?: number | undefined;
  /** Characters a part, its header included, in UTF-16 units as Salesforce counts them. */
  maxChars?: number | undefined;
  /** What stands between two cells. Default: whichever of the six the header has most of. */
  delimiter?: Delimiter | undefined;
}

/**
 * Cuts CSV into parts, at the ends of records, each part with the header. Records stay as they are, byte for byte. Of a
 * `Blob` or `File` each part is a `Blob` of the header and a slice, and nothing is copied; of anything else a `Uint8Array`.
 * CSV without records has no parts.
 *
 * @throws {BulkCsvError} while it is read: a record that no part can hold, or data that end inside a quoted cell.
 */
export function splitCsv(source: Blob, options: SplitCsvOptions): AsyncIterableIterator<Blob>;
export function splitCsv(
  source: Exclude<CsvSource, Blob>,
  options: SplitCsvOptions,
): AsyncIterableIterator<Uint8Array<ArrayBuffer>>;
