/** Writing: objects in, chunks of bytes out, none of them kept. */
import { csvParseRows } from "d3-dsv";
import { checkedRows, same, sameRows } from "../check.mjs";
import { columns, firstRecords } from "../data/records.mjs";
import { firstRows, shapes } from "../data/shapes.mjs";
import { raceTable, size } from "./table.mjs";

export async function write({ shape, mb, rounds }, { writers }) {
  const some = firstRecords(shape, checkedRows);
  const length = await checkWriters(shape, some, writers);
  const records = repeated(some, Math.max(1, Math.round((mb * 1e6) / length)));
  const bytes = await written(writers[0], records);
  const title = `Writing ${shape}: records of ${columns.length} fields (${size(bytes)}, ${records.length} records)`;
  const contenders = writers.map((writer) => ({ ...writer, run: steadily(writer, records) }));
  return raceTable({ id: `write ${shape}`, title }, bytes, rounds, contenders);
}

/** The same records again and again: a million of them would be a test of the garbage collector. */
function repeated(records, times) {
  return Array.from({ length: times }, () => records).flat();
}

async function written(writer, records) {
  let bytes = 0;
  await writer.write(records, columns, (chunk) => {
    bytes += chunk.length;
  });
  return bytes;
}

/** A run of which each time the same must come. */
function steadily(writer, records) {
  let first;
  return async () => {
    const bytes = await written(writer, records);
    first ??= bytes;
    same(writer.name, "what it writes this time", bytes, first);
  };
}

/** What each has written must say the same when it is read; resolves with the bytes of ours. */
async function checkWriters(shape, records, writers) {
  const expected = [columns, ...firstRows(shapes[shape], records.length)];
  const lengths = [];
  for (const writer of writers) {
    const text = await textOf(writer, records);
    sameRows(writer.name, csvParseRows(text), expected);
    lengths.push(text.length);
  }
  return lengths[0];
}

async function textOf(writer, records) {
  const decoder = new TextDecoder();
  let text = "";
  await writer.write(records, columns, (bytes) => {
    text += decoder.decode(bytes, { stream: true });
  });
  return text + decoder.decode();
}
