/** Options of whole queries and loads. */
import type { LoadOptions, QueryOptions } from "../types/rows.d.ts";
import { choice, id, integer, optional } from "./checks.ts";
import {
  type Follow,
  followOf,
  type ReadAndWait,
  readNames,
  readOf,
  type Wait,
  type Write,
  waitNames,
  waitOf,
  writeNames,
  writeOf,
} from "./common.ts";
import { type ColumnDelimiter, delimiter, type LineEnding, lineEnding } from "./dialect.ts";
import { type Given, known, type NamesOf, optionsOf } from "./names.ts";

export { call } from "./common.ts";

export interface Query extends ReadAndWait, Follow {
  maxRecords: number | undefined;
  columnDelimiter: ColumnDelimiter | undefined;
  lineEnding: LineEnding | undefined;
}

export interface LoadGiven extends Write, Wait, Follow {
  timeout: number;
  assignmentRuleId: string | undefined;
  columnDelimiter: ColumnDelimiter | undefined;
}

const followNames = () => ({ api: true, onProgress: true, onAbort: true }) as const;

const queryNames = (): NamesOf<QueryOptions> => ({
  ...readNames(),
  ...waitNames(),
  ...followNames(),
  maxRecords: true,
  columnDelimiter: true,
  lineEnding: true,
});

const loadNames = (): NamesOf<LoadOptions> => ({
  ...writeNames(),
  ...waitNames(),
  ...followNames(),
  assignmentRuleId: true,
  columnDelimiter: true,
});

export function query(options: unknown): Query {
  const given = ofBulk2(options, queryNames(), "bulk.v1.query(soql, options)");
  return {
    ...readOf(given),
    ...waitOf(given),
    ...followOf(given),
    maxRecords: optional(integer, given.maxRecords, "maxRecords"),
    columnDelimiter: optional(delimiter, given.columnDelimiter, "columnDelimiter"),
    lineEnding: optional(lineEnding, given.lineEnding, "lineEnding"),
  };
}

export function load(options: unknown): LoadGiven {
  const given = ofBulk2(options, loadNames(), "bulk.v1.createJob(options) and addBatch(records)");
  return {
    ...writeOf(given),
    ...waitOf(given),
    ...followOf(given),
    assignmentRuleId: optional(id, given.assignmentRuleId, "assignmentRuleId"),
    columnDelimiter: optional(delimiter, given.columnDelimiter, "columnDelimiter"),
  };
}

/** Whole jobs run on Bulk API 2.0: for an option of the other, the message says where it belongs. */
function ofBulk2(options: unknown, names: Given, instead: string): Given {
  const given = optionsOf(options);
  if (given.api === "1.0")
    throw new TypeError(`api: whole jobs run on Bulk API 2.0; for 1.0 use ${instead}`);
  if (given.api !== undefined) choice("2.0")(given.api, "api");
  for (const name of ["pkChunking", "concurrencyMode", "contentType", "object"]) {
    if (given[name] === undefined) continue;
    throw new TypeError(`${name} is an option of Bulk API 1.0: use ${instead}`);
  }
  return known(given, names);
}
