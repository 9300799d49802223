/** CSV → parts of it, each with the header. Rust says where to cut; the bytes never leave JavaScript. */

import * as check from "../options/csv.ts";
import { ChunkIterator } from "../rows/iterators.ts";
import { checkCsv } from "../write/source.ts";
import { isBlob } from "../write/source-kinds.ts";
import { Pieces } from "./pieces.ts";
import { attempt, step, Work } from "./work.ts";

const TYPE = "text/csv; charset=UTF-8";

export function splitCsv(source, options) {
  const checked = check.splitCsv(options);
  checkCsv(source, "source");
  const parts = isBlob(source) ? new BlobParts(source) : new ByteParts();
  return new ChunkIterator(new SplitPieces(source, parts, checked));
}

class SplitPieces extends Pieces {
  #options;
  #parts;
  #splitter;
  #from;

  constructor(source, parts, { signal, ...options }) {
    super(new Work(source, { name: "source", kind: "bytes", signal }));
    this.#options = options;
    this.#parts = parts;
  }

  async pull({ task, glue, cursor }) {
    this.#splitter ??= task.own(attempt(task, () => new glue.CsvSplitter(this.#options)));
    const { done, value } = await step(task, cursor);
    if (!done) this.#parts.add(value);
    const cuts = attempt(task, () => (done ? this.#splitter.finish() : this.#splitter.push(value)));
    for (const cut of cuts) this.#cut(cut);
    this.ended = done;
  }

  #cut(to) {
    this.#from ??= this.#splitter.headerEnd();
    this.ready.push(this.#parts.part(this.#splitter.header(), this.#from, to));
    this.#from = to;
  }
}

/** Slices of the source. */
class BlobParts {
  #source;

  /** @param {Blob} source */
  constructor(source) {
    this.#source = source;
  }

  add() {}

  part(header, from, to) {
    return new Blob([header, this.#source.slice(from, to)], { type: TYPE });
  }
}

/** The first part grows to its size; the others have room for as much and a chunk or two from the start. */
const ROOM = 1 << 18;

/**
 * The bytes since the last cut, where they will be handed out: behind the header, once that is known. Whoever gave them
 * may use their own memory again.
 */
class ByteParts {
  #buffer = new Uint8Array(ROOM);
  #length = 0;
  /** Where in the source the buffer begins, the header before the part not counted. */
  #start = 0;

  /** @param {Uint8Array} bytes */
  add(bytes) {
    const needed = this.#length + bytes.length;
    if (needed > this.#buffer.length) this.#grow(needed);
    this.#buffer.set(bytes, this.#length);
    this.#length = needed;
  }

  part(header, from, to) {
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
  #part(header, from, to) {
    const before = from - header.length;
    if (before >= 0 && header.every((byte, at) => byte === this.#buffer[before + at]))
      return this.#buffer.subarray(before, to);
    const part = new Uint8Array(header.length + to - from);
    part.set(header);
    part.set(this.#buffer.subarray(from, to), header.length);
    return part;
  }

  #grow(needed) {
    const larger = new Uint8Array(Math.max(needed, 1.5 * this.#buffer.length));
    larger.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = larger;
  }
}
