/**
 * Where rows come from: the readers of one task, one after another, chunk by chunk. Nothing is sent before the first
 * chunk is asked for. Whoever reads must not ask for two chunks at once.
 */
import { objectRows } from "../csv/row/objects.ts";
import { parseRecords } from "./records.ts";

export class Feed {
  #begin;
  #empty;
  #parse;
  #task;
  #readers;
  #reader;
  #makeRows;
  #delivered = 0;
  #over = false;

  /**
   * @param {() => { task: import("../task/task.ts").Task, readers: AsyncIterator<import("#glue").Reader> }} begin
   *   called at the first read
   * @param {{ empty?: null | "", parse?: (json: string) => object[] }} [format]
   */
  constructor(begin, { empty = null, parse = parseRecords } = {}) {
    this.#begin = begin;
    this.#empty = empty;
    this.#parse = parse;
  }

  /** Whether rows may still be handed out. */
  get open() {
    return !this.#over && (this.#task === undefined || this.#task.open);
  }

  /** The next rows; undefined when there are no more. */
  next() {
    return this.#guard(async () => {
      for (;;) {
        const chunk = await this.#read("next");
        if (chunk === undefined) return undefined;
        const rows = this.#rows(chunk);
        if (rows.length > 0) return this.#deliver(rows);
      }
    });
  }

  /** The next bytes; undefined when there are no more. */
  nextBytes() {
    return this.#guard(() => this.#read("nextBytes"));
  }

  /** Stops the transfer: the reader has no use for the rest. */
  stop(reason) {
    this.#over = true;
    this.#task?.stop(reason);
  }

  /** A failure ends the feed: what comes after it is nothing. */
  async #guard(read) {
    if (this.#over) return undefined;
    try {
      return await read();
    } catch (error) {
      this.#over = true;
      this.#task?.stop(error);
      throw error;
    }
  }

  async #read(how) {
    if (this.#task === undefined) this.#open();
    const chunk = await this.#advance(how);
    if (chunk === undefined) this.#finish();
    else this.#task.waited();
    return chunk;
  }

  #deliver(rows) {
    this.#delivered += rows.length;
    this.#tell("downloading");
    return rows;
  }

  #tell(phase) {
    this.#task.tell({ phase, jobId: this.#task.jobId, rows: this.#delivered });
  }

  #open() {
    const { task, readers } = this.#begin();
    this.#task = task;
    this.#readers = readers;
  }

  /** The next chunk of this reader, or of the next that has one. */
  async #advance(how) {
    for (;;) {
      this.#reader ??= (await this.#task.race(this.#readers.next())).value;
      if (this.#reader === undefined) return undefined;
      const reader = this.#reader;
      const chunk = await this.#task.ask(() => reader[how]());
      this.#task.jobId ??= reader.jobId() ?? undefined;
      if (chunk !== undefined && chunk !== null) return chunk;
      this.#reader = undefined;
    }
  }

  #finish() {
    this.#tell("done");
    this.#over = true;
    this.#task.end();
  }

  #rows({ json, header, ...cells }) {
    if (json !== undefined) return this.#parse(json);
    if (header !== undefined) this.#makeRows = objectRows(header, { empty: this.#empty });
    return this.#makeRows(cells);
  }
}
