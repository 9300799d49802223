/**
 * What the caller gave to be written: records, or CSV.
 *
 * A source is taken hold of in the very call that it is given to, whatever is awaited before it is read. A stream or an
 * iterable shows by its first item what it carries.
 */
import { slicesOf, utf8Cursor } from "./csv-chunks.ts";
import { arrayCursor, type Cursor, cursorOver, iteratorCursor, lateCursor } from "./cursors.ts";
import { describe } from "./describe.ts";
import {
  isBinary,
  isBlob,
  isIterable,
  isNodeStream,
  isResponse,
  isWebStream,
} from "./source-kinds.ts";

/** A source that is about to be read, by what it carries: one that gives nothing shows no kind. */
export type OpenSource =
  | ({ readonly kind: "records" | "empty" } & Cursor)
  | ({ readonly kind: "bytes" } & Cursor<Uint8Array>);

type Kind = OpenSource["kind"];

const WANTED_CSV =
  "CSV (text, bytes, a Blob, a Response, a stream or an iterable of text or bytes)";

const WANTED =
  "records (an array, an iterable or a stream of objects) or CSV (text, bytes, a Blob, a Response or a stream)";

/** Throws the TypeError of a source that cannot be one. */
export function checkSource(source: unknown, name = "records", wanted: string = WANTED): void {
  const fits =
    typeof source === "string" ||
    isBinary(source) ||
    isBlob(source) ||
    isResponse(source) ||
    isWebStream(source) ||
    isIterable(source);
  if (!fits) throw new TypeError(`${name} must be ${wanted}, not ${describe(source)}`);
  if (isResponse(source)) checkResponse(source, name);
  if (isWebStream(source) && source.locked) throw new TypeError(`${name}: the stream is locked`);
}

/** Throws the TypeError of a source that cannot be CSV; a stream or an iterable shows later what it carries. */
export function checkCsv(source: unknown, name: string): void {
  const fits =
    !Array.isArray(source) || source.every((item) => typeof item === "string" || isBinary(item));
  if (!fits) throw new TypeError(`${name} must be ${WANTED_CSV}, not an array of something else`);
  checkSource(source, name, WANTED_CSV);
}

/** A source that is held, and can be read once. */
export class HeldSource {
  readonly #cursor: Cursor;
  readonly #name: string;
  readonly #isCsv: boolean;

  /**
   * Takes hold of a source: the reader of a stream is taken, the errors of a Node stream are heard, and an array is
   * copied, so that the caller may go on with it. Its records are not: each is read when its turn comes.
   */
  constructor(source: unknown, name = "records") {
    checkSource(source, name);
    this.#name = name;
    this.#isCsv =
      typeof source === "string" || isBinary(source) || isBlob(source) || isResponse(source);
    this.#cursor = cursorOf(source);
  }

  /** Begins to read it. `strict` refuses text that UTF-8 cannot carry. */
  async open(strict = false): Promise<OpenSource> {
    if (this.#isCsv) return this.#opened("bytes", this.#cursor, strict);
    try {
      const first = await this.#cursor.next();
      const kind = first.done ? "empty" : this.#kindOf(first.value);
      return this.#opened(
        kind,
        { next: givingBack(first, this.#cursor), close: this.close },
        strict,
      );
    } catch (error) {
      this.close(error);
      throw error;
    }
  }

  /** Lets go of it at once, read or not. */
  readonly close = (reason?: unknown): void => this.#cursor.close(reason);

  #opened(kind: Kind, cursor: Cursor, strict: boolean): OpenSource {
    return kind === "bytes"
      ? { kind, ...utf8Cursor(cursor, this.#name, strict) }
      : { kind, ...cursor };
  }

  #kindOf(item: unknown): Kind {
    if (typeof item === "string" || isBinary(item)) return "bytes";
    if (typeof item === "object" && item !== null) return "records";
    throw new TypeError(`${this.#name} must give objects, or chunks of CSV, not ${describe(item)}`);
  }
}

function cursorOf(source: unknown): Cursor {
  if (typeof source === "string") return iteratorCursor(slicesOf(source));
  if (isBinary(source)) return arrayCursor([source]);
  if (isBlob(source)) return lateCursor(() => cursorOver(source.stream()));
  return cursorOfItems(isResponse(source) ? source.body : source);
}

function cursorOfItems(source: unknown): Cursor {
  const readable = isWebStream(source) || isNodeStream(source) || isIterable(source);
  return readable ? cursorOver(source) : arrayCursor([]);
}

/** The first item, which was looked at, and then the rest. */
function givingBack(first: Awaited<ReturnType<Cursor["next"]>>, cursor: Cursor): Cursor["next"] {
  let held: typeof first | undefined = first;
  return () => {
    const result = held ?? cursor.next();
    held = undefined;
    return result;
  };
}

function checkResponse(response: Response, name: string): void {
  if (!response.ok)
    throw new TypeError(`${name}: the response has the status ${response.status}, not 2xx`);
  if (response.bodyUsed) throw new TypeError(`${name}: the body of the response was read before`);
}
