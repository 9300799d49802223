/** The rows of a CSV, chunk by chunk, as they are asked for. */
import { bulkError } from "../errors.ts";
import type { ParseCsv } from "../options/csv.ts";
import { Ending } from "../rows/ending.ts";
import type { RowFeed, Shape } from "../rows/row-feed.ts";
import { shapeOfCells } from "../rows/shapes.ts";
import { CellReader } from "./cell-reader.ts";
import type { Cells } from "./row/cells.ts";
import { csvWork, type Work } from "./work.ts";

export class CsvFeed extends Ending implements RowFeed {
  readonly jobId = undefined;
  readonly #options: ParseCsv;
  readonly #work: Work<Uint8Array>;
  readonly #reader: CellReader;
  #shape: Shape = "objects";
  #rowsOfCells: ((cells: Cells) => unknown[]) | undefined;

  constructor(source: unknown, options: ParseCsv) {
    super();
    const { signal, timeout } = options;
    this.#options = options;
    this.#work = csvWork({ source, name: "source", signal, timeout });
    this.#reader = new CellReader(this.#work, options);
  }

  get open(): boolean {
    return !this.over && this.#work.open;
  }

  shapeAs(shape: Shape): void {
    this.#shape = shape;
    this.#reader.keepsBounds = shape === "lazy";
  }

  next(): Promise<unknown[] | undefined> {
    this.#reader.forgetBytes();
    return this.unlessOver(async () => {
      const cells = await this.#reader.nextCells();
      if (cells !== undefined) return this.#rowsOf(cells);
      const { state } = this.#reader;
      if (state.is === "failed") throw state.error;
      // A header of which no objects can be made is an error without rows too.
      this.#makeRows();
      return this.finish();
    });
  }

  nextBytes(): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return this.unlessOver(async () => {
      const bytes = await this.#reader.nextBytes();
      return bytes === undefined ? this.finish() : notShared(bytes);
    });
  }

  async columns(): Promise<string[]> {
    if (this.#options.header !== undefined) return [...this.#options.header];
    const reader = this.#reader;
    while (reader.header === undefined && reader.state.is === "reading" && !this.over)
      await reader.pull();
    if (reader.header !== undefined) return [...reader.header];
    if (reader.state.is === "failed") throw reader.state.error;
    if (reader.state.is === "reading") throw bulkError("used", ROWS_FIRST);
    return [];
  }

  protected override letGo(reason: unknown): void {
    this.#work.stop(reason);
  }

  protected override finished(): void {
    this.#work.end();
  }

  #rowsOf(cells: Cells): unknown[] {
    return this.#makeRows()?.(cells) ?? [];
  }

  #makeRows(): ((cells: Cells) => unknown[]) | undefined {
    const { header } = this.#reader;
    if (header !== undefined) {
      this.#rowsOfCells ??= shapeOfCells(this.#shape)(header, this.#options);
    }
    return this.#rowsOfCells;
  }
}

const ROWS_FIRST = "The source was read before its columns: ask for them first.";

/** What streams, Blobs and responses take is memory that no other thread writes into. */
function notShared(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, length } = bytes;
  return buffer instanceof ArrayBuffer
    ? new Uint8Array(buffer, byteOffset, length)
    : new Uint8Array(bytes);
}
