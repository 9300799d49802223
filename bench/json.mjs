/**
 * Splitting JSON into records, which Bulk API 1.0 needs. The package has no call for it alone, so a variant of the wasm
 * is built that has.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildWasm, wasmName } from "../scripts/lib/wasm.mjs";
import { sameCount } from "./check.mjs";
import { chunkSize } from "./data/csv.mjs";
import { records } from "./data/records.mjs";
import { raceTable, size } from "./suites/table.mjs";

/** @param {{ mb: number, rounds: number }} options */
export async function json({ mb, rounds }) {
  const JsonSplit = await loadSplitter();
  const { text, count } = arrayOfRecords(mb * 1e6);
  const bytes = new TextEncoder().encode(text);
  const chunks = cut(bytes);
  const title = `Splitting JSON into records (${size(bytes.length)}, ${count} records)`;
  return raceTable({ id: "json", title }, bytes.length, rounds, [
    {
      id: "split",
      name: "salesforce-bulk: records found",
      run: () => split(JsonSplit, chunks, count),
    },
    { id: "parse", name: "JSON.parse of the whole text", run: () => parse(text, count) },
  ]);
}

async function loadSplitter() {
  const out = await buildWasm("bench");
  const glue = await import(pathToFileURL(join(out, "glue.js")).href);
  await glue.default({ module_or_path: await readFile(join(out, wasmName)) });
  return glue.JsonSplit;
}

async function split(JsonSplit, chunks, count) {
  const splitter = new JsonSplit();
  let found = 0;
  for (const chunk of chunks) found = splitter.push(chunk);
  splitter.free();
  sameCount("JsonSplit", found, count);
}

async function parse(text, count) {
  sameCount("JSON.parse", JSON.parse(text).length, count);
}

/** Records as Salesforce sends them, with their type and address. */
function arrayOfRecords(bytes) {
  const texts = [];
  let length = 0;
  for (const record of records("mixed")) {
    if (length >= bytes) break;
    const url = `/services/data/v60.0/sobjects/Contact/${record.Id}`;
    const text = JSON.stringify({ attributes: { type: "Contact", url }, ...record });
    texts.push(text);
    length += text.length + 1;
  }
  return { text: `[${texts.join(",")}]`, count: texts.length };
}

function cut(bytes) {
  const chunks = [];
  for (let at = 0; at < bytes.length; at += chunkSize) chunks.push(bytes.slice(at, at + chunkSize));
  return chunks;
}
