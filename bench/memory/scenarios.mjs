/** What is done with a CSV of so many bytes; each scenario calls `tick` as it goes on. */
import { formatCsv, parseCsv, splitCsv } from "salesforce-bulk";
import { csvChunks, endlessRecords } from "./source.mjs";

/** @typedef {(bytes: number, tick: () => void) => Promise<void>} Scenario */

/** @type {Record<string, Scenario>} */
export const scenarios = {
  /** What the test's own stream takes. */
  async alone(bytes, tick) {
    for await (const _chunk of csvChunks(bytes)) tick();
  },

  async read(bytes, tick) {
    for await (const _rows of parseCsv(csvChunks(bytes)).chunks()) tick();
  },

  async write(bytes, tick) {
    let written = 0;
    for await (const chunk of formatCsv(endlessRecords())) {
      tick();
      written += chunk.length;
      if (written >= bytes) break;
    }
  },

  async split(bytes, tick) {
    const stream = ReadableStream.from(ticking(csvChunks(bytes), tick));
    for await (const _part of splitCsv(stream, { maxBytes: 10_000_000 })) tick();
  },
};

/** Parts of ten megabytes come too seldom to see what happens in between. */
async function* ticking(chunks, tick) {
  for await (const chunk of chunks) {
    tick();
    yield chunk;
  }
}
