/** UTF-16 without a byte order mark, which nothing else gives away. */
import { bulkError } from "../errors.ts";

/** So many bytes are looked at. */
const LOOK = 32;
/** Fewer say nothing. */
const LEAST = 4;

/** Looks at the first bytes: as long as its text is ASCII, every other byte of UTF-16 is zero. */
export class Utf16Check {
  #seen = 0;
  /** Zeros at even places, and at odd ones. */
  readonly #zeros: [even: number, odd: number] = [0, 0];

  /** Throws once there is no doubt. */
  add(bytes: Uint8Array): void {
    if (this.#seen >= LOOK) return;
    for (const byte of bytes.subarray(0, LOOK - this.#seen)) {
      if (byte === 0) this.#zeros[this.#seen % 2 === 0 ? 0 : 1] += 1;
      this.#seen += 1;
    }
    if (this.#seen >= LOOK) this.finish();
  }

  /** There are no more bytes. */
  finish(): void {
    const [even, odd] = this.#zeros;
    const half = Math.floor(this.#seen / 2);
    const everyOther = (even === 0 && odd === half) || (odd === 0 && even === this.#seen - half);
    if (this.#seen < LEAST || !everyOther) return;
    throw bulkError(
      "csv",
      "The data is UTF-16 (every other byte is zero): save it as UTF-8 and try again.",
      { byte: 0 },
    );
  }
}
