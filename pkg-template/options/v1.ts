/** Options of Bulk API 1.0. */
import type {
  ConcurrencyMode,
  ContentType,
  Operation,
  PkChunking,
  V1JobOptions,
} from "../types/v1.d.ts";
import {
  apiName,
  type Check,
  choice,
  type Defined,
  dropUndefined,
  fieldName,
  flag,
  headerText,
  id,
  integer,
  object,
  optional,
} from "./checks.ts";
import { callNames } from "./common.ts";
import { type LineEnding, lineEnding } from "./dialect.ts";
import { known, type NamesOf } from "./names.ts";

export { call, callOf, read, readAndWait, wait, write } from "./common.ts";

interface JobGiven extends V1JobOptions {
  object: string;
  operation: Operation;
  externalIdFieldName?: string;
}

const jobNames = (): NamesOf<JobGiven> => ({
  ...callNames(),
  object: true,
  operation: true,
  externalIdFieldName: true,
  contentType: true,
  concurrencyMode: true,
  pkChunking: true,
  assignmentRuleId: true,
  lineEnding: true,
  disableBatchRetry: true,
});

/** As Rust reads it. */
export interface V1JobSpec {
  object: string;
  operation: Operation;
  contentType: ContentType;
  externalIdFieldName: string | undefined;
  concurrencyMode: ConcurrencyMode | undefined;
  pkChunking: boolean | number | string | Defined<PkChunkingSpec> | undefined;
  assignmentRuleId: string | undefined;
  lineEnding: LineEnding | undefined;
  disableBatchRetry: boolean | undefined;
}

interface PkChunkingSpec {
  chunkSize: number | undefined;
  parent: string | undefined;
  startRow: string | undefined;
}

export function v1Job(options: unknown): Defined<V1JobSpec> {
  const given = known(object(options, "options"), jobNames());
  const kind = operation(given.operation, "operation");
  return dropUndefined({
    object: apiName(given.object, "object"),
    operation: kind,
    externalIdFieldName: externalId(given.externalIdFieldName, kind),
    contentType: contentType(given.contentType ?? "CSV", "contentType"),
    concurrencyMode: optional(concurrencyMode, given.concurrencyMode, "concurrencyMode"),
    pkChunking: optional(pkChunking, given.pkChunking, "pkChunking"),
    assignmentRuleId: optional(id, given.assignmentRuleId, "assignmentRuleId"),
    lineEnding: optional(lineEnding, given.lineEnding, "lineEnding"),
    disableBatchRetry: optional(flag, given.disableBatchRetry, "disableBatchRetry"),
  });
}

export const queryOperation: Check<"query" | "queryAll"> = (value, name) =>
  choice("query", "queryAll")(value, name);

export const concurrencyMode: Check<ConcurrencyMode> = (value, name) =>
  choice("Parallel", "Serial")(value, name);

const contentType: Check<ContentType> = (value, name) => choice("CSV", "JSON", "XML")(value, name);

const operation: Check<Operation> = (value, name) =>
  choice("query", "queryAll", "insert", "update", "upsert", "delete", "hardDelete")(value, name);

/** Upsert needs one, and nothing else knows any. */
export function externalId(value: unknown, operation: Operation): string | undefined {
  if (operation === "upsert") return fieldName(value, "externalIdFieldName");
  if (value === undefined) return undefined;
  throw new TypeError(`externalIdFieldName is for upsert, not for ${operation}`);
}

const MAX_CHUNK = 250_000;
const pkChunkingNames = (): NamesOf<PkChunking> => ({
  chunkSize: true,
  parent: true,
  startRow: true,
});

function pkChunking(value: unknown, name: string): Exclude<V1JobSpec["pkChunking"], undefined> {
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return chunkSize(value, name);
  if (typeof value === "string") return headerText(value, name);
  const given = known(object(value, name), pkChunkingNames(), name);
  return dropUndefined({
    chunkSize: optional(chunkSize, given.chunkSize, `${name}.chunkSize`),
    parent: optional(apiName, given.parent, `${name}.parent`),
    startRow: optional(id, given.startRow, `${name}.startRow`),
  });
}

function chunkSize(value: unknown, name: string): number {
  return integer(value, name, 1, MAX_CHUNK);
}
