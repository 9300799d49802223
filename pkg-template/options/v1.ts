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
import { CALL } from "./common.ts";
import { type LineEnding, lineEnding } from "./dialect.ts";
import { known, type NamesOf } from "./names.ts";

export { call, callOf, read, readAndWait, wait, write } from "./common.ts";

interface JobGiven extends V1JobOptions {
  object: string;
  operation: Operation;
  externalIdFieldName?: string;
}

const JOB: NamesOf<JobGiven> = {
  ...CALL,
  object: true,
  operation: true,
  externalIdFieldName: true,
  contentType: true,
  concurrencyMode: true,
  pkChunking: true,
  assignmentRuleId: true,
  lineEnding: true,
  disableBatchRetry: true,
};

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
  const one = known(object(options, "options"), JOB);
  const kind = operation(one.operation, "operation");
  return dropUndefined({
    object: apiName(one.object, "object"),
    operation: kind,
    externalIdFieldName: externalId(one.externalIdFieldName, kind),
    contentType: contentType(one.contentType ?? "CSV", "contentType"),
    concurrencyMode: optional(concurrencyMode, one.concurrencyMode, "concurrencyMode"),
    pkChunking: optional(pkChunking, one.pkChunking, "pkChunking"),
    assignmentRuleId: optional(id, one.assignmentRuleId, "assignmentRuleId"),
    lineEnding: optional(lineEnding, one.lineEnding, "lineEnding"),
    disableBatchRetry: optional(flag, one.disableBatchRetry, "disableBatchRetry"),
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
const PK_CHUNKING: NamesOf<PkChunking> = { chunkSize: true, parent: true, startRow: true };

function pkChunking(value: unknown, name: string): Exclude<V1JobSpec["pkChunking"], undefined> {
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return chunkSize(value, name);
  if (typeof value === "string") return headerText(value, name);
  const one = known(object(value, name), PK_CHUNKING, name);
  return dropUndefined({
    chunkSize: optional(chunkSize, one.chunkSize, `${name}.chunkSize`),
    parent: optional(apiName, one.parent, `${name}.parent`),
    startRow: optional(id, one.startRow, `${name}.startRow`),
  });
}

function chunkSize(value: unknown, name: string): number {
  return integer(value, name, 1, MAX_CHUNK);
}
