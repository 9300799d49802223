/** Options of the CSV codec on its own. */
import type { FormatCsvOptions, ParseCsvOptions, SplitCsvOptions } from "../types/csv.d.ts";
import { anyText, type Check, choice, flag, integer, object, optional } from "./checks.ts";
import {
  type Call,
  callNames,
  callOf,
  columnNames,
  distinct,
  type Read,
  readNames,
  readOf,
  type Write,
  writeNames,
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
  delimiter: ColumnDelimiter | "auto" | undefined;
  header: string[] | undefined;
  ragged: "error" | "pad";
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

const parseNames = (): NamesOf<ParseCsvOptions> => ({
  ...readNames(),
  delimiter: true,
  header: true,
  ragged: true,
  maxRecordBytes: true,
});

const formatNames = (): NamesOf<FormatCsvOptions> => ({
  ...writeNames(),
  delimiter: true,
  lineEnding: true,
  header: true,
  null: true,
});

const splitNames = (): NamesOf<SplitCsvOptions> => ({
  ...callNames(),
  maxBytes: true,
  maxRows: true,
  maxChars: true,
  delimiter: true,
});

export function parseCsv(options: unknown): ParseCsv {
  const given = known(options, parseNames());
  const { ragged: uneven = "error", maxRecordBytes = MAX_RECORD } = given;
  const { delimiter } = given;
  return {
    ...readOf(given),
    delimiter: delimiter === "auto" ? "auto" : optional(anyDelimiter, delimiter, "delimiter"),
    header: optional(columnNames, given.header, "header"),
    ragged: ragged(uneven, "ragged"),
    maxRecordBytes: integer(maxRecordBytes, "maxRecordBytes", 1, MOST_BYTES),
  };
}

export function formatCsv(options: unknown): FormatCsv {
  const { columns, ...rest } = known(options, formatNames());
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
  const given = known(object(options, "options"), splitNames());
  if (given.maxBytes === undefined && given.maxRows === undefined && given.maxChars === undefined) {
    throw new TypeError("options: give maxBytes, maxRows or maxChars, or all of them");
  }
  return {
    ...callOf(given),
    maxBytes: optional(integer, given.maxBytes, "maxBytes"),
    maxRows: optional(integer, given.maxRows, "maxRows"),
    maxChars: optional(integer, given.maxChars, "maxChars"),
    delimiter: optional(anyDelimiter, given.delimiter, "delimiter"),
    maxRecordBytes: MAX_RECORD,
  };
}

const ragged: Check<"error" | "pad"> = (value, name) => choice("error", "pad")(value, name);

function uniqueNames(value: unknown, name: string): string[] {
  return distinct(columnNames(value, name), name);
}
