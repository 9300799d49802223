/** CSV and records without end, of which nothing is kept once it has been handed on. */
import { setImmediate as macrotask } from "node:timers/promises";
import { csvOf } from "../data/csv.mjs";
import { records } from "../data/records.mjs";
import { shapes } from "../data/shapes.mjs";

/** How many rows are made once, to be repeated in fresh buffers: making each anew would take far longer than reading. */
const blockRows = 4000;
const { chunks: block } = csvOf(shapes.mixed, { rows: blockRows });
const header = shapes.mixed.columns.map((name) => `"${name}"`).join(",").length + 1;

/**
 * Chunks of a CSV of at least so many bytes.
 *
 * @param {number} limit
 */
export async function* csvChunks(limit) {
  let sent = 0;
  for (let first = true; sent < limit; first = false) {
    for (const [at, chunk] of block.entries()) {
      const fresh = chunk.slice(!first && at === 0 ? header : 0);
      sent += fresh.length;
      yield fresh;
    }
    await macrotask();
  }
}

/** Records without end. As with a database, some come at once, then one has to wait. */
export async function* endlessRecords() {
  let count = 0;
  for (const record of records("mixed")) {
    yield record;
    if (++count % 2000 === 0) await macrotask();
  }
}
