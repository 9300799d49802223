/** From what the caller gave to the body of a request: read, checked, encoded and counted. */

import { attempt, csvEncoder } from "../csv/work.ts";
import type { Task } from "../task/task.ts";
import { Yielder } from "../task/yielding.ts";
import type { Glue } from "../wasm/runtime.ts";
import { CsvPassage, type Dialect } from "./csv-passage.ts";
import { CsvWriter } from "./csv-writer.ts";
import type { Cursor } from "./cursors.ts";
import { recordOf } from "./fields.ts";
import { IdOnly } from "./id-only.ts";
import { JsonBlocks, RecordWriter } from "./record-writer.ts";
import { type Limit, RequestBody } from "./request-body.ts";
import type { HeldSource, OpenSource } from "./source.ts";
import type { ValueRules } from "./values.ts";

/** How a source is written. */
export interface Plan {
  /** Default CSV. */
  readonly contentType?: ContentType | undefined;
  readonly limit: Limit;
  /** Default: comma; of CSV that is given as such, what it has. */
  readonly delimiter?: string | undefined;
  /** Default: LF; of CSV that is given as such, what it has. */
  readonly lineEnding?: string | undefined;
  readonly rules?: WriteRules | undefined;
  /** Whether records are ids alone. */
  readonly idOnly?: boolean | undefined;
}

export type ContentType = "CSV" | "JSON" | "XML";

interface WriteRules extends ValueRules {
  readonly columns?: readonly string[] | undefined;
}

export interface Encoded extends Dialect {
  readonly payload: Blob | Uint8Array<ArrayBuffer>;
  readonly records: number;
}

/** What takes records one by one. */
interface Writer {
  add(record: unknown): void;
  finish(): void;
}

const MIME = { CSV: "text/csv; charset=UTF-8", JSON: "application/json", XML: "application/xml" };

/** After so many records or chunks the clock is looked at. */
const LOOK = 16;

/** Reads a source to its end. Whatever ends the task before that lets the source go. */
export async function encode(task: Task, source: HeldSource, plan: Plan): Promise<Encoded> {
  return task.race(read(task, source, plan));
}

async function read(task: Task, source: HeldSource, plan: Plan): Promise<Encoded> {
  const { contentType = "CSV", limit, rules = {} } = plan;
  task.onStop(source.close);
  try {
    const opened = await source.open(rules.strict);
    const body = new RequestBody(limit);
    const glue: Glue = await task.glue();
    const dialect = await write(task, glue, opened, body, plan);
    return { payload: body.payload(MIME[contentType]), records: body.records, ...dialect };
  } catch (error) {
    source.close(error);
    throw error;
  }
}

function write(
  task: Task,
  glue: Glue,
  source: OpenSource,
  body: RequestBody,
  plan: Plan,
): Promise<Dialect> {
  if (source.kind !== "bytes") return writeRecords(task, glue, source, body, plan);
  if (plan.contentType === undefined || plan.contentType === "CSV") {
    return passCsv(task, glue, source, body, plan);
  }
  throw new TypeError(
    `records: CSV was given, but the job's content type is ${plan.contentType}: give records`,
  );
}

async function passCsv(
  task: Task,
  glue: Glue,
  cursor: Cursor<Uint8Array>,
  body: RequestBody,
  { delimiter, lineEnding, idOnly = false }: Plan,
): Promise<Dialect> {
  const passage = new CsvPassage(task, glue, body, { delimiter, lineEnding, idOnly });
  await drain(task, cursor, (bytes) => passage.add(bytes));
  const found = passage.finish();
  return {
    delimiter: found?.delimiter ?? delimiter ?? "COMMA",
    lineEnding: found?.lineEnding ?? lineEnding ?? "LF",
  };
}

async function writeRecords(
  task: Task,
  glue: Glue,
  cursor: Cursor,
  body: RequestBody,
  plan: Plan,
): Promise<Dialect> {
  const { delimiter = "COMMA", lineEnding = "LF", rules = {} } = plan;
  const writer = writerOf(task, glue, body, { ...plan, delimiter, lineEnding, rules });
  await drain(task, cursor, plan.idOnly ? checkingIds(writer) : (record) => writer.add(record));
  writer.finish();
  return { delimiter, lineEnding };
}

function checkingIds(writer: Writer): (record: unknown) => void {
  const idOnly = new IdOnly();
  let row = 0;
  return (given) => {
    row += 1;
    const record = recordOf(given, row);
    idOnly.add(record, row);
    writer.add(record);
  };
}

function writerOf(
  task: Task,
  glue: Glue,
  body: RequestBody,
  { contentType, delimiter, lineEnding, rules }: Plan & Dialect & { rules: WriteRules },
): Writer {
  if (contentType === "JSON") return new RecordWriter(new JsonBlocks(), body, rules);
  if (contentType === "XML") {
    const xml = task.own(attempt(task, () => new glue.XmlEncoder()));
    const blocks = {
      records: (json: string) => attempt(task, () => xml.records(json)),
      finish: () => attempt(task, () => xml.finish()),
    };
    return new RecordWriter(blocks, body, rules);
  }
  return new CsvWriter(csvEncoder(task, glue, delimiter, lineEnding), body, rules);
}

/** Gives all items to `take`. The source's own code may have ended the task: then it is not gone on with. */
async function drain<Item>(task: Task, cursor: Cursor<Item>, take: (item: Item) => void) {
  const yielder = new Yielder();
  for (let item = 0; ; item++) {
    const next = cursor.next();
    const step = "then" in next ? await next : next;
    task.proceed();
    if (step.done) return;
    take(step.value);
    if (item % LOOK === 0) await yielder.yieldIfDue();
  }
}
