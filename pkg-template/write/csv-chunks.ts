/** CSV given as text or bytes → chunks of UTF-8. */
import { bulkError } from "../errors.ts";
import { type Cursor, DONE, type Step } from "./cursors.ts";
import { describe } from "./describe.ts";
import { type Binary, isBinary } from "./source-kinds.ts";
import { hasLoneSurrogate } from "./values.ts";

/** A long text is encoded in slices of so many UTF-16 units. */
const SLICE = 1 << 18;

export function* slicesOf(text: string): Generator<string> {
  for (let from = 0; from < text.length; from += SLICE) yield text.slice(from, from + SLICE);
}

/** The bytes of a cursor over text or bytes. `strict` refuses text that UTF-8 cannot carry. */
export function utf8Cursor(cursor: Cursor, name: string, strict: boolean): Cursor<Uint8Array> {
  const encoder = new TextChunks(name, strict);
  const converted = ({ done, value }: Step): Step<Uint8Array> => {
    if (done) return stepOf(encoder.finish());
    if (typeof value === "string") return { value: encoder.encode(value) };
    if (isBinary(value)) return { value: bytesIn(value) };
    throw new TypeError(`${name} gave CSV first and then ${describe(value)}`);
  };
  const next = async () => converted(await cursor.next());
  return { next, close: cursor.close };
}

const stepOf = (rest: Uint8Array): Step<Uint8Array> => (rest.length > 0 ? { value: rest } : DONE);

/** Half a surrogate pair at the end of a text waits for the other, which the next text may begin with. */
class TextChunks {
  readonly #utf8 = new TextEncoder();
  readonly #name: string;
  readonly #strict: boolean;
  #half = "";

  constructor(name: string, strict: boolean) {
    this.#name = name;
    this.#strict = strict;
  }

  encode(text: string): Uint8Array {
    const whole = this.#half + text;
    const torn = (whole.charCodeAt(whole.length - 1) & 0xfc00) === 0xd800;
    this.#half = torn ? whole.slice(-1) : "";
    return this.#encode(torn ? whole.slice(0, -1) : whole);
  }

  finish(): Uint8Array {
    const rest = this.#half;
    this.#half = "";
    return this.#encode(rest);
  }

  #encode(text: string): Uint8Array {
    if (this.#strict && hasLoneSurrogate(text)) throw surrogateError(this.#name);
    return this.#utf8.encode(text);
  }
}

function surrogateError(name: string): unknown {
  return bulkError(
    "csv",
    `${name}: the text holds half of a surrogate pair, which would arrive as U+FFFD: mend the text, or leave strict out.`,
  );
}

function bytesIn(value: Binary): Uint8Array {
  if (!ArrayBuffer.isView(value)) return new Uint8Array(value);
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
}
