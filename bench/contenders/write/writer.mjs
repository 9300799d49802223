/**
 * What can be timed at writing.
 *
 * @typedef {object} Writer
 * @property {string} id
 * @property {string} name
 * @property {(records: object[], columns: string[], sink: (bytes: Uint8Array) => void) => Promise<void>} write
 */

const encoder = new TextEncoder();
/** How many records those write at a time who write texts: some 300 KB. */
const blockSize = 1000;

/**
 * Writes by a function that makes one text of some records; only the first has the header.
 *
 * @param {object[]} records
 * @param {(bytes: Uint8Array) => void} sink
 * @param {(block: object[], first: boolean) => string} format
 */
export async function inBlocks(records, sink, format) {
  for (let at = 0; at < records.length; at += blockSize) {
    sink(encoder.encode(format(records.slice(at, at + blockSize), at === 0)));
  }
}
