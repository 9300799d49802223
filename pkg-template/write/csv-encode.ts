/** Cells → CSV. Rust quotes what must be quoted: one call for a block of rows. */
import type { RowEncoder } from "../csv/work.ts";

/** What stands between two cells on the way; cells that hold it go another way. */
const SEPARATOR = "\u001f";
/** UTF-16 units that the usual block has at the most: for those there is one buffer, for more a new one. */
const USUAL_UNITS = 1 << 18;
/** Bytes that a UTF-16 unit can become. */
const UNIT_BYTES = 3;

let encoder: TextEncoder | undefined;
let buffer: Uint8Array<ArrayBuffer> | undefined;

export class BlockEncoder {
  readonly #rust: RowEncoder;
  readonly #parts: { add(bytes: Uint8Array<ArrayBuffer>): void };
  readonly #columns: number;

  constructor(
    rust: RowEncoder,
    parts: { add(bytes: Uint8Array<ArrayBuffer>): void },
    columns: number,
  ) {
    this.#rust = rust;
    this.#parts = parts;
    this.#columns = columns;
  }

  /** Writes whole rows. */
  write(cells: readonly string[]): void {
    const text = utf8(cells.join(SEPARATOR));
    const written = this.#rust.joined(text, cells.length, this.#columns);
    this.#parts.add(written ?? this.#separately(cells));
  }

  /** Half a surrogate pair at the end of a cell would join with one at the start of the next. */
  #separately(cells: readonly string[]): Uint8Array<ArrayBuffer> {
    const whole = cells.map(wellFormed);
    const lengths = Uint32Array.from(whole, (cell) => cell.length);
    return this.#rust.rows(whole.join(""), lengths, this.#columns);
  }
}

/** The text in UTF-8, until the next is asked for. */
function utf8(text: string): Uint8Array<ArrayBuffer> {
  encoder ??= new TextEncoder();
  if (text.length > USUAL_UNITS) return encoder.encode(text);
  buffer ??= new Uint8Array(UNIT_BYTES * USUAL_UNITS);
  return buffer.subarray(0, encoder.encodeInto(text, buffer).written);
}

/** As encoders do it: U+FFFD for what is half a pair. */
function wellFormed(text: string): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(new TextEncoder().encode(text));
}
