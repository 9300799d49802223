/** Records → CSV, block by block, as it is asked for. */

import { bulkError } from "../errors.ts";
import { formatCsv as checked, type FormatCsv } from "../options/csv.ts";
import { iterate, leftEarly } from "../rows/iterators.ts";
import { byteStream, textOf } from "../rows/streams.ts";
import type { Task } from "../task/task.ts";
import type * as declared from "../types/index.d.ts";
import type { Glue } from "../wasm/runtime.ts";
import { CsvWriter } from "../write/csv-writer.ts";
import { Pieces } from "./pieces.ts";
import { type Begun, csvEncoder, recordsWork, step } from "./work.ts";

export function formatCsv(
  records: Iterable<object> | AsyncIterable<object> | ReadableStream<object>,
  options?: declared.FormatCsvOptions,
): declared.CsvBytes {
  return new CsvBytes(new Blocks(records, checked(options)));
}

class CsvBytes implements declared.CsvBytes {
  readonly #blocks: Blocks;
  #used = false;

  constructor(blocks: Blocks) {
    this.#blocks = blocks;
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<Uint8Array<ArrayBuffer>> {
    return iterate(this.#use());
  }

  bytes(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return byteStream(this.#use());
  }

  async text(): Promise<string> {
    return textOf(this.#use());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#blocks.stop(leftEarly());
  }

  #use(): Blocks {
    if (this.#used) throw bulkError("used", "This CSV was read before: call formatCsv again.");
    this.#used = true;
    return this.#blocks;
  }
}

class Blocks extends Pieces<unknown, Uint8Array<ArrayBuffer>> {
  readonly #options: Omit<FormatCsv, "signal" | "timeout">;
  #writer: CsvWriter | undefined;
  /** Records so far. */
  records = 0;

  constructor(records: unknown, { signal, timeout, ...options }: FormatCsv) {
    super(recordsWork({ source: records, name: "records", signal, timeout }));
    this.#options = options;
  }

  /** Writes until there is a block, or no record any more. */
  protected override async pull({ task, glue, cursor }: Begun<unknown>): Promise<void> {
    this.#writer ??= this.#open(task, glue);
    while (this.made.length === 0) {
      const next = step(task, cursor);
      // Awaiting what is there already would cost more than the record.
      const reached = "then" in next ? await next : next;
      // A generator may have ended it.
      task.proceed();
      if (reached.done) {
        this.ended = true;
        return this.#writer.finish();
      }
      this.#writer.add(reached.value);
    }
  }

  /** Takes what is written. */
  add(bytes: Uint8Array<ArrayBuffer>): void {
    if (bytes.length > 0) this.made.push(bytes);
  }

  count(): void {
    this.records += 1;
  }

  #open(task: Task, glue: Glue): CsvWriter {
    const { delimiter, lineEnding, ...rules } = this.#options;
    return new CsvWriter(csvEncoder(task, glue, delimiter, lineEnding), this, rules);
  }
}
