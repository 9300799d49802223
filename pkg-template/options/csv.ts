/** Options of the CSV codec on its own. */
import type { FormatCsvOptions, ParseCsvOptions, SplitCsvOptions } from "../types/csv.d.ts";
import { anyText, type Check, choice, flag, integer, object, optional } from "./checks.ts";
import {
  CALL,
  type Call,
  callOf,
  columnNames,
  distinct,
  READ,
  type Read,
  readOf,
  WRITE,
  type Write,
  writeOf,
} from "./common.ts";
import { anyDelimiter, type ColumnDelimiter, type LineEnding, lineEnding } from "./dialect.ts";
import { known, type NamesOf } from "./names.ts";

/** With a record that long, a quote was probably never closed. */
const MAX_RECORD = 16 << 20;
/** What the memory of a wasm can hold. */
const MOST_BYTES = 1 << 30;

/** What is undefined is left to Rust. */
export interface ParseCsv extends Read {
  delimiter: ColumnDelimiter | undefined;
  header: string[] | undefined;
  null: string | undefined;
  nested: boolean;
  ragged: "error" | "pad";
  fatal: boolean;
  maxRecordBytes: number;
}

export interface FormatCsv extends Write {
  delimiter: ColumnDelimiter;
  lineEnding: LineEnding;
  header: boolean;
  nullText: string;
}

export interface SplitCsv extends Call {
  maxBytes: number | undefined;
  maxRows: number | undefined;
  maxChars: number | undefined;
  delimiter: ColumnDelimiter | undefined;
  maxRecordBytes: number;
}

const PARSE: NamesOf<ParseCsvOptions> = {
  ...READ,
  delimiter: true,
  header: true,
  null: true,
  nested: true,
  ragged: true,
  fatal: true,
  maxRecordBytes: true,
};

const FORMAT: NamesOf<FormatCsvOptions> = {
  ...WRITE,
  delimiter: true,
  lineEnding: true,
  header: true,
  null: true,
};

const SPLIT: NamesOf<SplitCsvOptions> = {
  ...CALL,
  maxBytes: true,
  maxRows: true,
  maxChars: true,
  delimiter: true,
};

export function parseCsv(options: unknown): ParseCsv {
  const one = known(options, PARSE);
  const { nested = false, ragged: uneven = "error", fatal = false } = one;
  const { maxRecordBytes = MAX_RECORD } = one;
  return {
    ...readOf(one),
    delimiter: optional(anyDelimiter, one.delimiter, "delimiter"),
    header: optional(columnNames, one.header, "header"),
    null: optional(anyText, one.null, "null"),
    nested: flag(nested, "nested"),
    ragged: ragged(uneven, "ragged"),
    fatal: flag(fatal, "fatal"),
    maxRecordBytes: integer(maxRecordBytes, "maxRecordBytes", 1, MOST_BYTES),
  };
}

export function formatCsv(options: unknown): FormatCsv {
  const { columns, ...rest } = known(options, FORMAT);
  const { delimiter: between = "COMMA", lineEnding: ending = "LF", header = true } = rest;
  return {
    ...writeOf(rest),
    columns: optional(uniqueNames, columns, "columns"),
    delimiter: anyDelimiter(between, "delimiter"),
    lineEnding: lineEnding(ending, "lineEnding"),
    header: flag(header, "header"),
    nullText: optional(anyText, rest.null, "null") ?? "",
  };
}

export function splitCsv(options: unknown): SplitCsv {
  const one = known(object(options, "options"), SPLIT);
  if (one.maxBytes === undefined && one.maxRows === undefined && one.maxChars === undefined) {
    throw new TypeError("options: give maxBytes, maxRows or maxChars, or all of them");
  }
  return {
    ...callOf(one),
    maxBytes: optional(integer, one.maxBytes, "maxBytes"),
    maxRows: optional(integer, one.maxRows, "maxRows"),
    maxChars: optional(integer, one.maxChars, "maxChars"),
    delimiter: optional(anyDelimiter, one.delimiter, "delimiter"),
    maxRecordBytes: MAX_RECORD,
  };
}

const ragged: Check<"error" | "pad"> = (value, name) => choice("error", "pad")(value, name);

function uniqueNames(value: unknown, name: string): string[] {
  return distinct(columnNames(value, name), name);
}
