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
import { callNames, type Read, readNames, readOf } from "./common.ts";
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

const pageNames = (): NamesOf<PageOptions> => ({ ...readNames(), locator: true, maxRecords: true });

const ingestNames = (): NamesOf<IngestJobOptions & CallOptions> => ({
  ...callNames(),
  object: true,
  operation: true,
  externalIdFieldName: true,
  columnDelimiter: true,
  lineEnding: true,
  assignmentRuleId: true,
  csv: true,
});

const queryNames = (): NamesOf<QueryJobOptions & CallOptions> => ({
  ...callNames(),
  query: true,
  operation: true,
  columnDelimiter: true,
  lineEnding: true,
});

const listNames = (): NamesOf<ListOptions & CallOptions> => ({
  ...callNames(),
  kind: true,
  jobType: true,
  pkChunking: true,
  concurrencyMode: true,
});

export function page(options: unknown): Page {
  const given = known(options, pageNames());
  return {
    ...readOf(given),
    locator: optional(text, given.locator, "locator"),
    maxRecords: optional(integer, given.maxRecords, "maxRecords"),
  };
}

export function ingestJob(options: unknown): Defined<IngestSpec> {
  const given = known(object(options, "options"), ingestNames());
  const kind = ingestOperation(given.operation, "operation");
  return dropUndefined({
    object: apiName(given.object, "object"),
    operation: kind,
    externalIdFieldName: externalId(given.externalIdFieldName, kind),
    columnDelimiter: optional(delimiter, given.columnDelimiter, "columnDelimiter"),
    lineEnding: optional(lineEnding, given.lineEnding, "lineEnding"),
    assignmentRuleId: optional(id, given.assignmentRuleId, "assignmentRuleId"),
    csv: optional(text, given.csv, "csv"),
  });
}

export function queryJob(options: unknown): Defined<QuerySpec> {
  const given = known(object(options, "options"), queryNames());
  return dropUndefined({
    query: text(given.query, "query"),
    operation: queryOperation(given.operation ?? "query", "operation"),
    columnDelimiter: optional(delimiter, given.columnDelimiter, "columnDelimiter"),
    lineEnding: optional(lineEnding, given.lineEnding, "lineEnding"),
  });
}

export function list(options: unknown): Defined<ListSpec> {
  const given = known(object(options, "options"), listNames());
  return dropUndefined({
    kind: choice("ingest", "query")(given.kind, "kind"),
    jobType: optional(jobType, given.jobType, "jobType"),
    pkChunking: optional(flag, given.pkChunking, "pkChunking"),
    concurrencyMode: optional(concurrencyMode, given.concurrencyMode, "concurrencyMode"),
  });
}

const ingestOperation: Check<IngestJobOptions["operation"]> = (value, name) =>
  choice("insert", "update", "upsert", "delete", "hardDelete")(value, name);

const jobType: Check<NonNullable<ListOptions["jobType"]>> = (value, name) =>
  choice("V2Ingest", "V2Query", "Classic", "BigObjectIngest")(value, name);
