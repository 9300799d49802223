/** CSV → parts of it, each with the header. Rust says where to cut; the bytes never leave JavaScript. */
import { attempt, step, Work } from "./codec.js";
import { ChunkIterator } from "./iterators.js";
import * as check from "./options.js";
import { Pieces } from "./pieces.js";
import { checkCsv, isBlob } from "./source.js";

const TYPE = "text/csv; charset=UTF-8";

export function splitCsv(source, options) {
  const checked = check.splitCsv(options);
  checkCsv(source, "source");
  const blob = typeof source === "object" && isBlob(source);
  const parts = blob ? new BlobParts(source) : new ByteParts();
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

/** The chunks of the open part. */
class ByteParts {
  #chunks = [];
  /** Where in the source the first of them begins. */
  #start = 0;

  /**
   * Whoever gave it may use the memory again.
   *
   * @param {Uint8Array} bytes
   */
  add(bytes) {
    this.#chunks.push(bytes.slice());
  }

  part(header, from, to) {
    const bytes = new Uint8Array(header.length + to - from);
    bytes.set(header);
    let at = header.length;
    for (const piece of this.#take(from, to)) {
      bytes.set(piece, at);
      at += piece.length;
    }
    return bytes;
  }

  /** What lies between, taken off; what lies before goes. */
  *#take(from, to) {
    while (this.#start < to) {
      const [chunk] = this.#chunks;
      const end = this.#start + chunk.length;
      yield chunk.subarray(Math.max(from - this.#start, 0), Math.min(to, end) - this.#start);
      if (end > to) {
        this.#chunks[0] = chunk.subarray(to - this.#start);
        this.#start = to;
      } else {
        this.#chunks.shift();
        this.#start = end;
      }
    }
  }
}
