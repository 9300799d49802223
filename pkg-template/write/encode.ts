/** From what the caller gave to the body of a request: read, checked, encoded and counted. */

import { attempt, converting, csvEncoder } from "../csv/work.ts";
import { Yielder } from "../task/yielding.ts";
import { CsvWriter } from "./csv-writer.ts";
import { Parts } from "./parts.ts";
import { JsonBlocks, RecordWriter } from "./record-writer.ts";
import { openSource } from "./source.ts";

const MIME = { CSV: "text/csv; charset=UTF-8", JSON: "application/json", XML: "application/xml" };

/** After so many records or chunks the clock is looked at. */
const LOOK = 16;

/**
 * Reads a source to its end.
 *
 * @param {import("../task/task.ts").Task} task
 * @param {unknown} source
 * @param {{ contentType?: "CSV" | "JSON" | "XML", limit: { records: number, bytes: number, text: string },
 *   delimiter?: string, lineEnding?: string, name?: string, rules?: object }} plan
 *   for CSV given as bytes, no delimiter means that it is found out
 * @returns {Promise<{ body: Blob, records: number, delimiter: string, lineEnding: string }>}
 */
export async function gather(task, source, plan) {
  return task.race(read(task, source, plan));
}

async function read(task, source, plan) {
  const { contentType = "CSV", name } = plan;
  const closeWithTask = (opened) => task.onStop((reason) => opened.close(reason));
  const cursor = await openSource(source, name, closeWithTask);
  try {
    refuseCsvInto(contentType, cursor.kind, name);
    const parts = new Parts(plan.limit);
    const glue = await task.glue();
    const write = cursor.kind === "bytes" ? passCsv : writeRecords;
    const dialect = await write(task, glue, cursor, parts, { ...plan, contentType });
    return { body: parts.blob(MIME[contentType]), records: parts.records, ...dialect };
  } catch (error) {
    cursor.close(error);
    throw error;
  }
}

function refuseCsvInto(contentType, kind, name = "records") {
  if (kind === "records" || contentType === "CSV") return;
  throw new TypeError(
    `${name}: CSV was given, but the job's content type is ${contentType}: give records`,
  );
}

/** CSV as it is, but for what would break it. */
async function passCsv(task, glue, cursor, parts, { delimiter, lineEnding }) {
  const intake = task.own(attempt(task, () => new glue.CsvIntake(delimiter, lineEnding)));
  await drain(task, cursor, (bytes) => parts.add(attempt(task, () => intake.push(bytes))));
  const rest = task.own(attempt(task, () => intake.finish()));
  parts.add(rest.bytes);
  parts.count(rest.records);
  const found = attempt(task, () => intake.dialect());
  return {
    delimiter: found?.delimiter ?? delimiter ?? "COMMA",
    lineEnding: found?.lineEnding ?? lineEnding ?? "LF",
  };
}

async function writeRecords(task, glue, cursor, parts, plan) {
  const { delimiter = "COMMA", lineEnding = "LF", rules = {} } = plan;
  const writer = writerOf(task, glue, parts, { ...plan, delimiter, lineEnding, rules });
  await drain(task, cursor, (record) => writer.add(record));
  writer.finish();
  return { delimiter, lineEnding };
}

function writerOf(task, glue, parts, { contentType, delimiter, lineEnding, rules }) {
  if (contentType === "JSON") return new RecordWriter(new JsonBlocks(), parts, rules);
  if (contentType === "XML") {
    const xml = task.own(new glue.XmlEncoder());
    return new RecordWriter(converting(task, xml, ["records", "finish"]), parts, rules);
  }
  return new CsvWriter(csvEncoder(task, glue, delimiter, lineEnding), parts, rules);
}

async function drain(task, cursor, take) {
  const yielder = new Yielder();
  for (let item = 0; task.open; item++) {
    const next = cursor.next();
    // Awaiting what is there already would cost more than the record.
    const { done, value } = typeof next.then === "function" ? await next : next;
    if (done) return;
    take(value);
    if (item % LOOK === 0) await yielder.yieldIfDue();
  }
}
