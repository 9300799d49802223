/** CSV → parts of it, each with the header. Rust says where to cut; the bytes never leave JavaScript. */

import type { CsvSplitter } from "#glue";
import { splitCsv as checked, type SplitCsv } from "../options/csv.ts";
import { iterate } from "../rows/iterators.ts";
import type * as declared from "../types/index.d.ts";
import { checkCsv } from "../write/source.ts";
import { isBlob } from "../write/source-kinds.ts";
import { Pieces } from "./pieces.ts";
import { attempt, type Begun, csvWork, step } from "./work.ts";

const TYPE = "text/csv; charset=UTF-8";

/** What keeps the bytes until they are cut. */
interface Parts<Part> {
  add(bytes: Uint8Array): void;
  /** The bytes of the source from here to there, behind the header. */
  part(header: Uint8Array<ArrayBuffer>, from: number, to: number): Part;
}

export function splitCsv(
  source: Blob,
  options: declared.SplitCsvOptions,
): AsyncIterableIterator<Blob>;
export function splitCsv(
  source: Exclude<declared.CsvSource, Blob>,
  options: declared.SplitCsvOptions,
): AsyncIterableIterator<Uint8Array<ArrayBuffer>>;
export function splitCsv(
  source: declared.CsvSource,
  options: declared.SplitCsvOptions,
): AsyncIterableIterator<Blob | Uint8Array<ArrayBuffer>> {
  const limits = checked(options);
  checkCsv(source, "source");
  const parts = isBlob(source) ? new BlobParts(source) : new ByteParts();
  return iterate(new SplitPieces<Blob | Uint8Array<ArrayBuffer>>(source, parts, limits));
}

class SplitPieces<Part> extends Pieces<Uint8Array, Part> {
  readonly #limits: Omit<SplitCsv, "signal" | "timeout">;
  readonly #parts: Parts<Part>;
  #splitter: CsvSplitter | undefined;
  /** Where the last cut was; undefined before the first. */
  #from: number | undefined;

  constructor(source: unknown, parts: Parts<Part>, { signal, timeout, ...limits }: SplitCsv) {
    super(csvWork({ source, name: "source", signal, timeout }));
    this.#limits = limits;
    this.#parts = parts;
  }

  protected override async pull({ task, glue, cursor }: Begun<Uint8Array>): Promise<void> {
    this.#splitter ??= task.own(attempt(task, () => new glue.CsvSplitter(this.#limits)));
    const splitter = this.#splitter;
    const { done, value } = await step(task, cursor);
    if (!done) this.#parts.add(value);
    const cuts = attempt(task, () => (done ? splitter.finish() : splitter.push(value)));
    for (const cut of cuts) this.#cut(splitter, cut);
    this.ended = done === true;
  }

  #cut(splitter: CsvSplitter, to: number): void {
    const from = this.#from ?? splitter.headerEnd() ?? 0;
    this.made.push(this.#parts.part(splitter.header() ?? new Uint8Array(), from, to));
    this.#from = to;
  }
}

/** Slices of the source. */
class BlobParts implements Parts<Blob> {
  readonly #source: Blob;

  constructor(source: Blob) {
    this.#source = source;
  }

  add(): void {}

  part(header: Uint8Array<ArrayBuffer>, from: number, to: number): Blob {
    return new Blob([header, this.#source.slice(from, to)], { type: TYPE });
  }
}

/** The first part grows to its size; the others have room for as much and a chunk or two from the start. */
const ROOM = 1 << 18;

/**
 * The bytes since the last cut, where they will be handed out: behind the header, once that is known. Whoever gave them
 * may use their own memory again.
 */
class ByteParts implements Parts<Uint8Array<ArrayBuffer>> {
  #buffer = new Uint8Array(ROOM);
  #length = 0;
  /** Where in the source the buffer begins, the header before the part not counted. */
  #start = 0;

  add(bytes: Uint8Array): void {
    const needed = this.#length + bytes.length;
    if (needed > this.#buffer.length) this.#grow(needed);
    this.#buffer.set(bytes, this.#length);
    this.#length = needed;
  }

  part(header: Uint8Array<ArrayBuffer>, from: number, to: number): Uint8Array<ArrayBuffer> {
    const open = this.#buffer.subarray(to - this.#start, this.#length);
    const part = this.#part(header, from - this.#start, to - this.#start);
    this.#buffer = new Uint8Array(Math.max(part.length, header.length + open.length) + ROOM);
    this.#buffer.set(header);
    this.#buffer.set(open, header.length);
    this.#length = header.length + open.length;
    this.#start = to - header.length;
    return part;
  }

  /** The header stands before the part already, but for a first one that Rust has changed. */
  #part(header: Uint8Array, from: number, to: number): Uint8Array<ArrayBuffer> {
    const before = from - header.length;
    if (before >= 0 && header.every((byte, at) => byte === this.#buffer[before + at]))
      return this.#buffer.subarray(before, to);
    const part = new Uint8Array(header.length + to - from);
    part.set(header);
    part.set(this.#buffer.subarray(from, to), header.length);
    return part;
  }

  #grow(needed: number): void {
    const larger = new Uint8Array(Math.max(needed, 1.5 * this.#buffer.length));
    larger.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = larger;
  }
}
