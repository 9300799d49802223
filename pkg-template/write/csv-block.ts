/**
 * A block of rows on its way to Rust: their cells, until there are enough of them.
 *
 * It is open for the next row at any time. `take` and `put` add one, and close the block where it is full; `flush` closes
 * it in any case. A closed block is handed over, and the next one is open and empty.
 */
import { loaderOf } from "../csv/row/schemas.ts";
import type { Load } from "../csv/row/stamps.ts";
import type { RowEncoder } from "../csv/work.ts";
import { BlockEncoder } from "./csv-encode.ts";
import { RecordText } from "./record-text.ts";
import type { ValueRules } from "./values.ts";

/** A block is closed when it has so many cells, or UTF-16 units. */
const BLOCK_CELLS = 1 << 11;
const BLOCK_TEXT = 1 << 16;

export class CsvBlock {
  readonly #encoder: BlockEncoder;
  readonly #columns: number;
  readonly #text: RecordText;
  readonly #load: Load;
  /** The cells of the open block, and behind them what is left of the one before. */
  readonly #cells: string[];
  /** How many of them are the open block's, and how many UTF-16 units those have. */
  #filled = 0;
  #units = 0;

  constructor(
    encoder: RowEncoder,
    parts: { add(bytes: Uint8Array<ArrayBuffer>): void },
    names: readonly string[],
    rules: ValueRules,
  ) {
    this.#encoder = new BlockEncoder(encoder, parts, names.length);
    this.#columns = names.length;
    this.#text = new RecordText(rules);
    this.#load = loaderOf(names);
    const rows = Math.max(1, Math.floor(BLOCK_CELLS / names.length));
    this.#cells = new Array<string>(rows * names.length);
  }

  /**
   * Takes a record as most are: a plain object with no keys but columns, and no values but simple ones. False for any
   * other, which has to be looked at key by key.
   */
  take(record: unknown): boolean {
    if (!isPlain(record)) return false;
    const units = this.#loaded(record);
    if (units === undefined) return false;
    this.#add(units);
    return true;
  }

  /** Takes the cells of a row. */
  put(cells: readonly string[]): void {
    let units = 0;
    let at = this.#filled;
    for (const cell of cells) {
      this.#cells[at++] = cell;
      units += cell.length;
    }
    this.#add(units);
  }

  /** Closes the block, whatever it holds. */
  flush(): void {
    if (this.#filled === 0) return;
    const full = this.#filled === this.#cells.length;
    const cells = full ? this.#cells : this.#cells.slice(0, this.#filled);
    this.#filled = 0;
    this.#units = 0;
    this.#encoder.write(cells);
  }

  /** Puts a record's cells behind those of the block, and gives their length; undefined where it is not as most are. */
  #loaded(record: Readonly<Record<string, unknown>>): number | undefined {
    const text = this.#text;
    text.begin();
    try {
      const units = this.#load(record, this.#cells, this.#filled, text.plain, text.of);
      const onlyColumns = Object.keys(record).length + text.absent === this.#columns;
      return onlyColumns ? units : undefined;
    } catch {
      // Who looks key by key says which value cannot be written.
      return undefined;
    }
  }

  /** The cells behind those of the block are its own now. */
  #add(units: number): void {
    this.#filled += this.#columns;
    this.#units += units;
    if (this.#filled === this.#cells.length || this.#units >= BLOCK_TEXT) this.flush();
  }
}

function isPlain(record: unknown): record is Record<string, unknown> {
  if (typeof record !== "object" || record === null) return false;
  const prototype: unknown = Object.getPrototypeOf(record);
  return prototype === Object.prototype || prototype === null;
}
