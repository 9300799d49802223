/** Reading: chunks of bytes in, rows out, none of them kept. */
import { checkedRows, sameCount, sameRows } from "../check.mjs";
import { csvOf } from "../data/csv.mjs";
import { firstRows, shapes } from "../data/shapes.mjs";
import { Collector, Tally } from "../sinks.mjs";
import { raceTable, size } from "./table.mjs";

/** The one that is read by those who read a single one. */
const column = "Id";

export async function read({ shape: name, mb, rounds }, { readers }) {
  const shape = shapes[name];
  await checkReaders(shape, readers);
  const csv = csvOf(shape, { bytes: mb * 1e6 * shape.share });
  const title = `Reading ${name}: ${shape.about} (${size(csv.bytes)}, ${csv.rows} rows)`;
  const contenders = readers.map((reader) => ({ ...reader, run: () => readThrough(reader, csv) }));
  return raceTable({ id: `read ${name}`, title }, csv.bytes, rounds, contenders);
}

/** Reads a CSV to its end and makes sure that no row got lost. */
export async function readThrough(reader, csv, key = column) {
  const tally = new Tally(key);
  await reader.read(csv.chunks, tally, key);
  if (!reader.floor) sameCount(reader.name, tally.count, csv.rows);
}

async function checkReaders(shape, readers) {
  const { chunks } = csvOf(shape, { rows: checkedRows });
  const expected = firstRows(shape, checkedRows);
  for (const reader of readers.filter(({ floor }) => !floor)) {
    const collector = new Collector();
    await reader.read(chunks, collector, column);
    const cells = reader.cells ?? cellsOf;
    const found = collector.all.map((row) => cells(row, shape.columns));
    sameRows(reader.name, found, expected);
  }
}

function cellsOf(row, columns) {
  return columns.map((name) => row[name]);
}
