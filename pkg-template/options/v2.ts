/** Options of Bulk API 2.0. */
import type { CallOptions } from "../types/bulk.d.ts";
import type { IngestJobOptions, ListOptions, PageOptions, QueryJobOptions } from "../types/v2.d.ts";
import {
  apiName,
  type Check,
  choice,
  type Defined,
  dropUndefined,
  flag,
  id,
  integer,
  object,
  optional,
  text,
} from "./checks.ts";
import { CALL, READ, type Read, readOf } from "./common.ts";
import { type ColumnDelimiter, delimiter, type LineEnding, lineEnding } from "./dialect.ts";
import { known, type NamesOf } from "./names.ts";
import { concurrencyMode, externalId, queryOperation } from "./v1.ts";

export { call, callOf, read, readAndWait, wait, write } from "./common.ts";

export interface Page extends Read {
  locator: string | undefined;
  maxRecords: number | undefined;
}

/** As Rust reads it. */
export interface IngestSpec {
  object: string;
  operation: IngestJobOptions["operation"];
  externalIdFieldName: string | undefined;
  columnDelimiter: ColumnDelimiter | undefined;
  lineEnding: LineEnding | undefined;
  assignmentRuleId: string | undefined;
  csv: string | undefined;
}

/** As Rust reads it. */
export interface QuerySpec {
  query: string;
  operation: "query" | "queryAll";
  columnDelimiter: ColumnDelimiter | undefined;
  lineEnding: LineEnding | undefined;
}

/** As Rust reads it. */
export interface ListSpec {
  kind: ListOptions["kind"];
  jobType: ListOptions["jobType"];
  pkChunking: boolean | undefined;
  concurrencyMode: ListOptions["concurrencyMode"];
}

const PAGE: NamesOf<PageOptions> = { ...READ, locator: true, maxRecords: true };

const INGEST: NamesOf<IngestJobOptions & CallOptions> = {
  ...CALL,
  object: true,
  operation: true,
  externalIdFieldName: true,
  columnDelimiter: true,
  lineEnding: true,
  assignmentRuleId: true,
  csv: true,
};

const QUERY: NamesOf<QueryJobOptions & CallOptions> = {
  ...CALL,
  query: true,
  operation: true,
  columnDelimiter: true,
  lineEnding: true,
};

const LIST: NamesOf<ListOptions & CallOptions> = {
  ...CALL,
  kind: true,
  jobType: true,
  pkChunking: true,
  concurrencyMode: true,
};

export function page(options: unknown): Page {
  const one = known(options, PAGE);
  return {
    ...readOf(one),
    locator: optional(text, one.locator, "locator"),
    maxRecords: optional(integer, one.maxRecords, "maxRecords"),
  };
}

export function ingestJob(options: unknown): Defined<IngestSpec> {
  const one = known(object(options, "options"), INGEST);
  const kind = ingestOperation(one.operation, "operation");
  return dropUndefined({
    object: apiName(one.object, "object"),
    operation: kind,
    externalIdFieldName: externalId(one.externalIdFieldName, kind),
    columnDelimiter: optional(delimiter, one.columnDelimiter, "columnDelimiter"),
    lineEnding: optional(lineEnding, one.lineEnding, "lineEnding"),
    assignmentRuleId: optional(id, one.assignmentRuleId, "assignmentRuleId"),
    csv: optional(text, one.csv, "csv"),
  });
}

export function queryJob(options: unknown): Defined<QuerySpec> {
  const one = known(object(options, "options"), QUERY);
  return dropUndefined({
    query: text(one.query, "query"),
    operation: queryOperation(one.operation ?? "query", "operation"),
    columnDelimiter: optional(delimiter, one.columnDelimiter, "columnDelimiter"),
    lineEnding: optional(lineEnding, one.lineEnding, "lineEnding"),
  });
}

export function list(options: unknown): Defined<ListSpec> {
  const one = known(object(options, "options"), LIST);
  return dropUndefined({
    kind: choice("ingest", "query")(one.kind, "kind"),
    jobType: optional(jobType, one.jobType, "jobType"),
    pkChunking: optional(flag, one.pkChunking, "pkChunking"),
    concurrencyMode: optional(concurrencyMode, one.concurrencyMode, "concurrencyMode"),
  });
}

const ingestOperation: Check<IngestJobOptions["operation"]> = (value, name) =>
  choice("insert", "update", "upsert", "delete", "hardDelete")(value, name);

const jobType: Check<NonNullable<ListOptions["jobType"]>> = (value, name) =>
  choice("V2Ingest", "V2Query", "Classic", "BigObjectIngest")(value, name);
