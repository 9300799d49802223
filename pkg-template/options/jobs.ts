/** Options of whole queries and loads. */
import type { LoadOptions, QueryOptions } from "../types/rows.d.ts";
import { choice, id, integer, optional } from "./checks.ts";
import {
  type Follow,
  followOf,
  READ,
  type ReadAndWait,
  readOf,
  WAIT,
  type Wait,
  WRITE,
  type Write,
  waitOf,
  writeOf,
} from "./common.ts";
import { type ColumnDelimiter, delimiter, type LineEnding, lineEnding } from "./dialect.ts";
import { type Given, given, known, type NamesOf } from "./names.ts";

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

const FOLLOW = { api: true, onProgress: true, onAbort: true } as const;

const QUERY: NamesOf<QueryOptions> = {
  ...READ,
  ...WAIT,
  ...FOLLOW,
  maxRecords: true,
  columnDelimiter: true,
  lineEnding: true,
};

const LOAD: NamesOf<LoadOptions> = {
  ...WRITE,
  ...WAIT,
  ...FOLLOW,
  assignmentRuleId: true,
  columnDelimiter: true,
};

export function query(options: unknown): Query {
  const one = ofBulk2(options, QUERY, "bulk.v1.query(soql, options)");
  return {
    ...readOf(one),
    ...waitOf(one),
    ...followOf(one),
    maxRecords: optional(integer, one.maxRecords, "maxRecords"),
    columnDelimiter: optional(delimiter, one.columnDelimiter, "columnDelimiter"),
    lineEnding: optional(lineEnding, one.lineEnding, "lineEnding"),
  };
}

export function load(options: unknown): LoadGiven {
  const one = ofBulk2(options, LOAD, "bulk.v1.createJob(options) and addBatch(records)");
  return {
    ...writeOf(one),
    ...waitOf(one),
    ...followOf(one),
    assignmentRuleId: optional(id, one.assignmentRuleId, "assignmentRuleId"),
    columnDelimiter: optional(delimiter, one.columnDelimiter, "columnDelimiter"),
  };
}

/** Whole jobs run on Bulk API 2.0: for an option of the other, the message says where it belongs. */
function ofBulk2(options: unknown, names: Given, instead: string): Given {
  const one = given(options);
  if (one.api === "1.0")
    throw new TypeError(`api: whole jobs run on Bulk API 2.0; for 1.0 use ${instead}`);
  if (one.api !== undefined) choice("2.0")(one.api, "api");
  for (const name of ["pkChunking", "concurrencyMode", "contentType", "object"]) {
    if (one[name] === undefined) continue;
    throw new TypeError(`${name} is an option of Bulk API 1.0: use ${instead}`);
  }
  return known(one, names);
}
