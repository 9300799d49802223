/** Records → CSV. JavaScript puts the values one after another, Rust quotes them: one call for a block of rows. */

import { bulkError } from "../errors.ts";
import { Columns } from "./columns.ts";
import { CsvBlock } from "./csv-block.ts";
import { recordOf } from "./fields.ts";
import { LookAhead } from "./look-ahead.ts";

export class CsvWriter {
  #encoder;
  #parts;
  #rules;
  #columns;
  #block;
  #held;
  #row = 0;

  /**
   * @param {{ header(names: string[]): Uint8Array, joined(text: Uint8Array, cells: number, columns: number):
   *   Uint8Array | undefined, rows(text: string, lengths: Uint32Array, columns: number): Uint8Array }} encoder
   * @param {{ add(bytes: Uint8Array): void, count(): void, records: number }} parts
   * @param {{ columns?: string[], header?: boolean } & import("./values.ts").ValueRules} rules
   */
  constructor(encoder, parts, rules) {
    this.#encoder = encoder;
    this.#parts = parts;
    this.#rules = rules;
    this.#held = new LookAhead(rules);
  }

  /** @param {unknown} record */
  add(record) {
    this.#parts.count();
    if (this.#block?.take(record)) {
      this.#row += 1;
      return;
    }
    const fields = recordOf(record, this.#parts.records);
    if (this.#columns === undefined && !this.#rules.columns) this.#hold(fields);
    else this.#write(fields);
  }

  finish() {
    if (this.#held.size > 0) this.#settle();
    else if (this.#columns === undefined && this.#rules.columns && this.#rules.header)
      this.#announce(this.#rules.columns);
    this.#block?.flush();
  }

  /** Until the columns are known. */
  #hold(record) {
    this.#held.add(record, this.#parts.records);
    if (this.#held.full) this.#settle();
  }

  #settle() {
    const { names, rows } = this.#held.settled();
    this.#held = new LookAhead(this.#rules);
    this.#announce(names);
    this.#row = rows.length;
    for (const cells of rows) this.#block.put(cells);
  }

  #announce(names) {
    if (names.length === 0) {
      throw bulkError("record", "The records have no fields: there is nothing to write.", {
        row: 1,
      });
    }
    this.#columns = new Columns(names, this.#rules);
    this.#block = new CsvBlock(this.#encoder, this.#parts, names, this.#rules);
    if (this.#rules.header !== false) this.#parts.add(this.#encoder.header(names));
  }

  #write(record) {
    if (this.#columns === undefined) this.#announce(this.#rules.columns);
    this.#row += 1;
    if (!this.#block.take(record)) this.#block.put(this.#columns.cells(record, this.#row));
  }
}
