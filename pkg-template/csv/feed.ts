/** The rows of a CSV, chunk by chunk, as they are asked for. */

import { bulkError } from "../errors.ts";
import { Breath } from "../task/yielding.ts";
import { objectRows } from "./row/objects.ts";
import { attempt, step, Work } from "./work.ts";

/**
 * So many bytes are decoded at a time. Fewer cost more calls; of more the rows do not stay in the processor's cache, and
 * a cell that is kept keeps that much text alive.
 */
const PIECE = 1 << 16;

export class CsvFeed {
  #options;
  #work;
  #breath = new Breath();
  #reader;
  /** What of the source's last chunk has not been read. */
  #rest;
  /** Cells that have not been given out. */
  #ready;
  #header;
  #makeRows;
  #pulling;
  #failure;
  /** It was the source that failed, not what it gave. */
  #broken = false;
  /**
   * The chunks that only the columns have been read of: they are bytes still to be given. Rows have no use for them.
   *
   * @type {Uint8Array[] | undefined}
   */
  #seen = [];
  #ended = false;
  #over = false;
  #bounds = new Int32Array(0);
  #shape = objectRows;
  /** Rows go on reading the bounds. */
  #keeps = false;

  /**
   * @param {unknown} source
   * @param {ReturnType<typeof import("../options/csv.ts").parseCsv>} options
   */
  constructor(source, { signal, ...options }) {
    this.#options = options;
    this.#work = new Work(source, { name: "source", kind: "bytes", signal });
  }

  /** Whether rows may still be handed out. */
  get open() {
    return !this.#over && this.#work.open;
  }

  /** The next rows; undefined when there are no more. */
  next() {
    this.#seen = undefined;
    return this.#guard(async () => {
      while (this.#ready === undefined && !this.#ended) await this.#pull();
      const cells = this.#ready;
      this.#ready = undefined;
      if (cells !== undefined) return this.#rows(cells);
      if (this.#failure !== undefined) throw this.#failure.error;
      if (this.#header !== undefined) this.#maker();
      return this.#finish();
    });
  }

  /** The next bytes of the source; undefined when there are no more. */
  nextBytes() {
    return this.#guard(async () => {
      await this.#pulling;
      if (this.#seen?.length) return this.#seen.shift();
      if (this.#broken) throw this.#failure.error;
      const { task, cursor } = await this.#work.begin();
      return (await nextChunk(task, cursor)) ?? this.#finish();
    });
  }

  /**
   * Has rows made another way than as objects.
   *
   * @param {typeof objectRows | any} shape `(header, options) => (cells) => rows`
   * @param {boolean} keeps whether rows go on reading the bounds of their chunk
   */
  shapeAs(shape, keeps) {
    this.#shape = shape;
    this.#keeps = keeps;
  }

  /** The names of the columns. */
  async columns() {
    if (this.#options.header !== undefined) return [...this.#options.header];
    while (this.#header === undefined && !this.#ended && !this.#over) await this.#pull();
    if (this.#header !== undefined) return [...this.#header];
    if (this.#failure !== undefined) throw this.#failure.error;
    if (!this.#ended)
      throw bulkError("used", "The source was read before its columns: ask for them first.");
    return [];
  }

  /** Stops reading: nobody has any use for the rest. */
  stop(reason) {
    this.#over = true;
    this.#work.stop(reason);
  }

  /** A failure ends the feed: what comes after it is nothing. */
  async #guard(read) {
    if (this.#over) return undefined;
    try {
      return await read();
    } catch (error) {
      this.stop(error);
      throw error;
    }
  }

  #finish() {
    this.#over = true;
    this.#work.end();
    return undefined;
  }

  #rows(cells) {
    return this.#maker()(cells);
  }

  #maker() {
    this.#makeRows ??= this.#shape(this.#header, this.#options);
    return this.#makeRows;
  }

  /** Reads one piece. Who asks for rows and who asks for columns wait for the same one. */
  #pull() {
    this.#pulling ??= this.#pullOnce().finally(() => {
      this.#pulling = undefined;
    });
    return this.#pulling;
  }

  async #pullOnce() {
    try {
      const { task, glue, cursor } = await this.#work.begin();
      await this.#breath.take();
      task.proceed();
      this.#reader ??= task.own(attempt(task, () => new glue.CsvReader(this.#options)));
      if (this.#rest === undefined) {
        this.#rest = await nextChunk(task, cursor);
        if (this.#rest !== null) this.#seen?.push(this.#rest.slice());
      }
      this.#decode(task, cursor);
    } catch (error) {
      this.#ended = true;
      this.#broken = true;
      this.#failure = { error };
    }
  }

  /** A fault lies behind the rows that came with it, so those are taken all the same. */
  #decode(task, cursor) {
    try {
      if (this.#rest === null) this.#end();
      else this.#reader.push(this.#piece());
    } catch (fault) {
      this.#ended = true;
      this.#failure = { error: task.error(fault) };
      cursor.close(this.#failure.error);
    }
    attempt(task, () => {
      this.#header ??= this.#reader.header();
      this.#ready = this.#take();
    });
  }

  /** The rows so far. Their bounds are written over the last ones where no row is left to read those. */
  #take() {
    const waiting = this.#reader.waiting();
    if (waiting === 0) return undefined;
    if (this.#keeps || this.#bounds.length < waiting) this.#bounds = new Int32Array(waiting);
    const bounds = this.#bounds.subarray(0, waiting);
    const { ascii, wide } = this.#reader.take(bounds);
    return { ascii, wide, bounds };
  }

  #end() {
    this.#ended = true;
    this.#reader.finish();
  }

  #piece() {
    const piece = this.#rest.subarray(0, PIECE);
    this.#rest = piece.length < this.#rest.length ? this.#rest.subarray(PIECE) : undefined;
    return piece;
  }
}

/** Null at the end. */
async function nextChunk(task, cursor) {
  const { done, value } = await step(task, cursor);
  return done ? null : value;
}
