/** Records → CSV, block by block, as it is asked for. */

import { bulkError } from "../errors.ts";
import * as check from "../options/csv.ts";
import { ChunkIterator } from "../rows/iterators.ts";
import { byteStream } from "../rows/rows.ts";
import { CsvWriter } from "../write/csv-writer.ts";
import { Pieces } from "./pieces.ts";
import { csvEncoder, Work } from "./work.ts";

export function formatCsv(records, options) {
  return new CsvBytes(new Blocks(records, check.formatCsv(options)));
}

class CsvBytes {
  #feed;

  /** @param {Blocks | undefined} feed */
  constructor(feed) {
    this.#feed = feed;
  }

  [Symbol.asyncIterator]() {
    return new ChunkIterator(this.#take());
  }

  bytes() {
    return byteStream(this.#take());
  }

  #take() {
    const feed = this.#feed;
    this.#feed = undefined;
    if (feed === undefined)
      throw bulkError("used", "This CSV was read before: call formatCsv again.");
    return feed;
  }
}

class Blocks extends Pieces {
  #options;
  #writer;
  /** Records so far. */
  records = 0;

  /**
   * @param {unknown} records
   * @param {ReturnType<typeof check.formatCsv>} options
   */
  constructor(records, { signal, ...options }) {
    super(new Work(records, { name: "records", kind: "records", signal }));
    this.#options = options;
  }

  /** Writes until there is a block, or no record any more. */
  async pull({ task, glue, cursor }) {
    this.#writer ??= this.#open(task, glue);
    while (this.ready.length === 0) {
      const next = cursor.next();
      // Awaiting what is there already would cost more than the record.
      const { done, value } = typeof next.then === "function" ? await task.race(next) : next;
      // A generator may have ended it.
      task.proceed();
      if (done) {
        this.ended = true;
        return this.#writer.finish();
      }
      this.#writer.add(value);
    }
  }

  /** Takes what is written. */
  add(bytes) {
    if (bytes.length > 0) this.ready.push(bytes);
  }

  count() {
    this.records += 1;
  }

  #open(task, glue) {
    const { delimiter, lineEnding, ...rules } = this.#options;
    return new CsvWriter(csvEncoder(task, glue, delimiter, lineEnding), this, rules);
  }
}
