/**
 * What can be timed at reading.
 *
 * @typedef {object} Reader
 * @property {string} id
 * @property {string} name
 * @property {(chunks: Uint8Array[], sink: Sink, column: string) => Promise<void>} read `column` is for those who read
 *   a single one
 * @property {(row: object, columns: string[]) => (string | null)[]} [cells] takes the cells out of a row; by default
 *   those of an object
 * @property {boolean} [floor] reads no rows at all, and shows what no reader can beat
 *
 * @typedef {object} Sink
 * @property {(rows: object[]) => void} rows
 * @property {(row: object) => void} row
 * @property {number} length
 */

/**
 * The texts of chunks, as all those need them who cannot read bytes.
 *
 * @param {Uint8Array[]} chunks
 */
export function* texts(chunks) {
  const decoder = new TextDecoder();
  for (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
  const rest = decoder.decode();
  if (rest) yield rest;
}
