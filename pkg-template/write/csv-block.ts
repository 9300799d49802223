/** A block of rows on its way to Rust, which quotes what must be quoted: one call for them all. */
import { loaderOf } from "../csv/row/schemas.ts";
import { cellText, simpleText } from "./values.ts";

/** A block is handed over when it has so many cells, or UTF-16 units. */
const BLOCK_CELLS = 1 << 11;
const BLOCK_TEXT = 1 << 16;

/** What stands between two cells on the way; cells that hold it go another way. */
const SEPARATOR = "\u001f";

const utf8 = new TextEncoder();
/** Where blocks are encoded; larger ones than usual have a buffer of their own. */
let scratch = new Uint8Array(0);
const SCRATCH = 1 << 20;

export class CsvBlock {
  #encoder;
  #parts;
  #columns;
  #rules;
  #null;
  /** Puts the cells of a record in place, and gives their length. */
  #load;
  #plain;
  #textOf;
  /** How many columns the record has no value for. */
  #absent = 0;
  #cells;
  #filled = 0;
  #units = 0;

  /**
   * @param {{ joined(text: Uint8Array, cells: number, columns: number): Uint8Array | undefined,
   *   rows(text: string, lengths: Uint32Array, columns: number): Uint8Array }} encoder
   * @param {{ add(bytes: Uint8Array): void }} parts
   * @param {readonly string[]} names
   * @param {import("./values.ts").ValueRules} rules
   */
  constructor(encoder, parts, names, rules) {
    this.#encoder = encoder;
    this.#parts = parts;
    this.#columns = names.length;
    this.#rules = rules;
    this.#null = cellText(null, rules);
    const plain = !rules.strict && rules.emptyString !== "null";
    this.#load = loaderOf(names);
    this.#plain = plain;
    this.#textOf = (value) => this.#text(value);
    const rows = Math.max(1, Math.floor(BLOCK_CELLS / names.length));
    this.#cells = new Array(rows * names.length);
  }

  /**
   * Takes a record as most are: a plain object with no keys but columns, and no values but simple ones. False for any
   * other, which has to be looked at key by key.
   */
  take(record) {
    if (typeof record !== "object" || record === null) return false;
    const prototype = Object.getPrototypeOf(record);
    if (prototype !== Object.prototype && prototype !== null) return false;
    try {
      const units = this.#load(record, this.#cells, this.#filled, this.#plain, this.#textOf);
      if (Object.keys(record).length + this.#absent !== this.#columns) return false;
      this.#added(units);
      return true;
    } catch {
      // Who looks key by key says which value cannot be written.
      return false;
    } finally {
      this.#absent = 0;
    }
  }

  /** Takes the cells of a row. */
  put(cells) {
    let units = 0;
    for (const [column, cell] of cells.entries()) {
      this.#cells[this.#filled + column] = cell;
      units += cell.length;
    }
    this.#added(units);
  }

  flush() {
    if (this.#filled === 0) return;
    const { length } = this.#cells;
    const cells = this.#filled === length ? this.#cells : this.#cells.slice(0, this.#filled);
    this.#parts.add(this.#written(cells));
    this.#filled = 0;
    this.#units = 0;
  }

  /** The cell of a value that is no text, or that may mean something else. */
  #text(value) {
    if (value === null) return this.#null;
    if (value === undefined) {
      this.#absent += 1;
      return "";
    }
    return simpleText(value) ?? cellText(value, this.#rules);
  }

  #added(units) {
    this.#filled += this.#columns;
    this.#units += units;
    if (this.#filled === this.#cells.length || this.#units >= BLOCK_TEXT) this.flush();
  }

  #written(cells) {
    const columns = this.#columns;
    const bytes = encoded(cells.join(SEPARATOR));
    return this.#encoder.joined(bytes, cells.length, columns) ?? this.#separately(cells, columns);
  }

  /** Half a surrogate pair at the end of a cell would join with one at the start of the next. */
  #separately(cells, columns) {
    const whole = cells.map((cell) => cell.toWellFormed?.() ?? wellFormed(cell));
    const lengths = Uint32Array.from(whole, (cell) => cell.length);
    return this.#encoder.rows(whole.join(""), lengths, columns);
  }
}

function encoded(text) {
  const most = 3 * text.length;
  if (most > SCRATCH) return utf8.encode(text);
  if (scratch.length < most) scratch = new Uint8Array(SCRATCH);
  return scratch.subarray(0, utf8.encodeInto(text, scratch).written);
}

/** As encoders do it: U+FFFD for what is half a pair. */
function wellFormed(text) {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(utf8.encode(text));
}
