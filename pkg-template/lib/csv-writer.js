/** Records → CSV. JavaScript puts the values one after another, Rust quotes them: one call for a block of rows. */
import { Columns, checkRecord, unionOf, WINDOW } from "./columns.js";
import { bulkError } from "./errors.js";

/** A block is handed over when it has so many UTF-16 units, or cells. */
const BLOCK_TEXT = 1 << 17;
const BLOCK_CELLS = 1 << 15;

export class CsvWriter {
  #encoder;
  #parts;
  #rules;
  #columns;
  #held = [];
  #row = 0;
  #text = "";
  #lengths = [];

  /**
   * @param {{ header(names: string[]): Uint8Array, rows(text: string, lengths: Uint32Array, columns: number): Uint8Array }} encoder
   * @param {import("./parts.js").Parts} parts
   * @param {{ columns?: string[] } & import("./values.js").ValueRules} rules
   */
  constructor(encoder, parts, rules) {
    this.#encoder = encoder;
    this.#parts = parts;
    this.#rules = rules;
  }

  /** @param {unknown} record */
  add(record) {
    this.#parts.count();
    checkRecord(record, this.#parts.records);
    if (this.#columns === undefined && !this.#rules.columns) this.#hold(record);
    else this.#write(record);
  }

  finish() {
    if (this.#held.length > 0) this.#settle();
    this.#flush();
  }

  /** Until the columns are known. */
  #hold(record) {
    this.#held.push(record);
    if (this.#held.length === WINDOW) this.#settle();
  }

  #settle() {
    const held = this.#held;
    this.#held = [];
    this.#announce(unionOf(held));
    for (const record of held) this.#write(record);
  }

  #announce(names) {
    if (names.length === 0) {
      throw bulkError("record", "The records have no fields: there is nothing to write.", {
        row: 1,
      });
    }
    this.#columns = new Columns(names, this.#rules);
    this.#parts.add(this.#encoder.header(names));
  }

  #write(record) {
    if (this.#columns === undefined) this.#announce(this.#rules.columns);
    this.#row += 1;
    for (const cell of this.#columns.cells(record, this.#row)) this.#put(cell);
    if (this.#text.length >= BLOCK_TEXT || this.#lengths.length >= BLOCK_CELLS) this.#flush();
  }

  /** Half a surrogate pair at the end of a cell would join with one at the start of the next. */
  #put(cell) {
    const torn = (cell.charCodeAt(cell.length - 1) & 0xfc00) === 0xd800;
    this.#text += torn ? `${cell.slice(0, -1)}\ufffd` : cell;
    this.#lengths.push(cell.length);
  }

  #flush() {
    if (this.#lengths.length === 0) return;
    const lengths = Uint32Array.from(this.#lengths);
    this.#parts.add(this.#encoder.rows(this.#text, lengths, this.#columns.names.length));
    this.#text = "";
    this.#lengths = [];
  }
}
