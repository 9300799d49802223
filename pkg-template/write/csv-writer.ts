/** Records → CSV: a header, and blocks of rows. */

import type { RowEncoder } from "../csv/work.ts";
import { bulkError } from "../errors.ts";
import { Columns } from "./columns.ts";
import { CsvBlock } from "./csv-block.ts";
import { type Fields, recordOf } from "./fields.ts";
import { LookAhead } from "./look-ahead.ts";
import type { ValueRules } from "./values.ts";

export interface CsvRules extends ValueRules {
  readonly columns?: readonly string[] | undefined;
  /** Default true. */
  readonly header?: boolean | undefined;
}

/** Where the CSV goes, and the records are counted. */
export interface CsvSink {
  readonly records: number;
  count(): void;
  add(bytes: Uint8Array<ArrayBuffer>): void;
}

/** What rows are written with, once the columns are known. */
interface Table {
  readonly columns: Columns;
  readonly block: CsvBlock;
}

export class CsvWriter {
  readonly #encoder: RowEncoder;
  readonly #sink: CsvSink;
  readonly #rules: CsvRules;
  /** Until the columns are known, the records wait in `#held`; then there is a table, and nothing waits. */
  #held: LookAhead | undefined;
  #table: Table | undefined;

  constructor(encoder: RowEncoder, sink: CsvSink, rules: CsvRules) {
    this.#encoder = encoder;
    this.#sink = sink;
    this.#rules = rules;
    if (rules.columns === undefined) this.#held = new LookAhead(rules);
  }

  add(record: unknown): void {
    this.#sink.count();
    if (this.#table?.block.take(record)) return;
    const fields = recordOf(record, this.#sink.records);
    if (this.#held === undefined) this.#write(fields);
    else this.#hold(this.#held, fields);
  }

  finish(): void {
    if (this.#held !== undefined) this.#settle(this.#held);
    else if (this.#rules.header) this.#table ??= this.#begin(this.#rules.columns);
    this.#table?.block.flush();
  }

  #hold(held: LookAhead, record: Fields): void {
    held.add(record, this.#sink.records);
    if (held.full) this.#settle(held);
  }

  /** The columns are those of the records that have come. */
  #settle(held: LookAhead): void {
    if (held.size === 0) return;
    const { names, rows } = held.settled();
    this.#held = undefined;
    this.#table = this.#begin(names);
    for (const cells of rows) this.#table.block.put(cells);
  }

  #write(record: Fields): void {
    this.#table ??= this.#begin(this.#rules.columns);
    const { columns, block } = this.#table;
    block.put(columns.cells(record, this.#sink.records));
  }

  /** Writes the header. */
  #begin(names: readonly string[] = []): Table {
    if (names.length === 0) {
      const text = "The records have no fields: there is nothing to write.";
      throw bulkError("record", text, { row: 1 });
    }
    const columns = new Columns(names, this.#rules);
    const block = new CsvBlock(this.#encoder, this.#sink, names, this.#rules);
    if (this.#rules.header !== false) this.#sink.add(this.#encoder.header([...names]));
    return { columns, block };
  }
}
