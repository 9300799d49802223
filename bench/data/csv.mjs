/** CSV of a shape, in chunks as a network delivers them. */
import { rowsOf } from "./shapes.mjs";

/** What most streams deliver at a time. */
export const chunkSize = 64 * 1024;

const encoder = new TextEncoder();
/** How much text is encoded at a time. */
const blockLength = 1 << 20;

/**
 * A CSV of a shape, its header included: of so many rows, or of as many as so many bytes take.
 *
 * @param {import("./shapes.mjs").Shape} shape
 * @param {{ rows?: number, bytes?: number }} limit
 * @returns {{ chunks: Uint8Array[], bytes: number, rows: number }}
 */
export function csvOf(shape, { rows: rowLimit = Infinity, bytes: byteLimit = Infinity }) {
  const cutter = new Cutter();
  const write = writer(shape);
  let text = write(shape.columns);
  let rows = 0;
  for (const cells of rowsOf(shape)) {
    if (rows === rowLimit || cutter.bytes + text.length >= byteLimit) break;
    text += write(cells);
    rows++;
    if (text.length >= blockLength) text = cutter.take(text);
  }
  cutter.take(text);
  return { chunks: cutter.end(), bytes: cutter.bytes, rows };
}

/** Writes a row as a record. */
export function writer({ quoteAll }) {
  const write = quoteAll ? quoted : quotedWhereNeeded;
  return (cells) => `${cells.map(write).join(",")}\n`;
}

function quoted(cell) {
  return `"${cell.replaceAll('"', '""')}"`;
}

function quotedWhereNeeded(cell) {
  return /[",\n]/.test(cell) ? quoted(cell) : cell;
}

/** Makes chunks of one size of texts: what ends one chunk may be in the midst of a character. */
class Cutter {
  bytes = 0;
  #chunks = [];
  #chunk = new Uint8Array(chunkSize);
  #used = 0;

  /** Gives back the text that is then left: none. */
  take(text) {
    const bytes = encoder.encode(text);
    this.bytes += bytes.length;
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + chunkSize - this.#used);
      this.#chunk.set(part, this.#used);
      this.#used += part.length;
      at += part.length;
      if (this.#used === chunkSize) this.#next();
    }
    return "";
  }

  end() {
    if (this.#used > 0) this.#next();
    return this.#chunks;
  }

  /** Each has a buffer of its own, as what comes from a network has. */
  #next() {
    this.#chunks.push(this.#chunk.slice(0, this.#used));
    this.#used = 0;
  }
}
