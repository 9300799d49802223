/** Rows and bytes of a transfer: the readers of one task, one after another, chunk by chunk. */
import type { Reader } from "#glue";
import type { Cells } from "../csv/row/cells.ts";
import { bulkError } from "../errors.ts";
import type { Task } from "../task/task.ts";
import { Ending } from "./ending.ts";
import { type ParseRecords, parseRecords } from "./records.ts";
import type { RowFeed, Shape } from "./row-feed.ts";
import { type RowOptions, shapeOfCells, shapeOfRecords } from "./shapes.ts";

/** A transfer that has begun. */
export interface Transfer {
  readonly task: Task;
  readonly readers: AsyncIterator<Reader, void>;
}

export interface FeedOptions extends Partial<RowOptions> {
  /** Where it is known from the start. */
  readonly jobId?: string | undefined;
  /** Where JSON is not to be stripped of `attributes`. */
  readonly parse?: ParseRecords | undefined;
}

/** Cells as the wasm gives them; the header comes with the first, and where it is new. */
type CellChunk = Cells & { readonly header?: string[]; readonly json?: undefined };

/** Some rows, before they have their shape. */
type Chunk = { readonly records: object[] } | CellChunk;

export class Feed extends Ending implements RowFeed {
  /** Called at the first read: nothing is sent before. */
  readonly #begin: () => Transfer;
  readonly #options: FeedOptions;
  #transfer: Transfer | undefined;
  #reader: Reader | undefined;
  #shape: Shape = "objects";
  #header: string[] | undefined;
  #rowsOfCells: ((cells: Cells) => unknown[]) | undefined;
  #rowsOfRecords: ((records: object[]) => unknown[]) | undefined;
  /** What the columns were read of: rows still to be given. */
  #ahead: { readonly chunk: Chunk | undefined } | undefined;
  #looking: Promise<string[]> | undefined;
  #delivered = 0;

  constructor(begin: () => Transfer, options: FeedOptions = {}) {
    super();
    this.#begin = begin;
    this.#options = options;
  }

  get open(): boolean {
    return !this.over && (this.#transfer === undefined || this.#transfer.task.open);
  }

  get jobId(): string | undefined {
    return this.#transfer?.task.jobId ?? this.#options.jobId;
  }

  shapeAs(shape: Shape): void {
    this.#shape = shape;
  }

  async next(): Promise<unknown[] | undefined> {
    await this.#looking?.catch(ignore);
    return this.unlessOver(async () => {
      for (;;) {
        const chunk = await this.#nextChunk();
        if (chunk === undefined) return this.#done();
        const rows = this.#rows(chunk);
        if (rows.length > 0) return this.#deliver(rows);
      }
    });
  }

  async nextBytes(): Promise<Uint8Array<ArrayBuffer> | undefined> {
    await this.#looking?.catch(ignore);
    return this.unlessOver(async () => {
      if (this.#ahead !== undefined) throw bulkError("used", COLUMNS_FIRST);
      const bytes = await this.#read<Uint8Array<ArrayBuffer>>((reader) => reader.nextBytes());
      return bytes ?? this.#done();
    });
  }

  columns(): Promise<string[]> {
    this.#looking ??= this.#look();
    return this.#looking;
  }

  protected override letGo(reason: unknown): void {
    this.#transfer?.task.stop(reason);
  }

  protected override finished(): void {
    this.#transfer?.task.end();
  }

  async #look(): Promise<string[]> {
    if (this.#transfer !== undefined || this.over) {
      if (this.#header !== undefined) return [...this.#header];
      throw bulkError("used", ROWS_FIRST);
    }
    const ahead = await this.unlessOver(async () => ({ chunk: await this.#readChunk() }));
    if (ahead === undefined) throw bulkError("used", ROWS_FIRST);
    this.#ahead = ahead;
    return this.#columnsOf(ahead.chunk);
  }

  #columnsOf(chunk: Chunk | undefined): string[] {
    if (chunk === undefined) return [];
    return "records" in chunk ? Object.keys(chunk.records[0] ?? {}) : [...(chunk.header ?? [])];
  }

  async #nextChunk(): Promise<Chunk | undefined> {
    const ahead = this.#ahead;
    this.#ahead = undefined;
    return ahead === undefined ? this.#readChunk() : ahead.chunk;
  }

  async #readChunk(): Promise<Chunk | undefined> {
    const chunk = await this.#read<{ readonly json: string } | CellChunk>((reader) =>
      reader.next(),
    );
    if (chunk?.json === undefined) return chunk;
    const { parse = parseRecords } = this.#options;
    return { records: parse(chunk.json) };
  }

  /** What this reader, or the next that has any, gives. */
  async #read<T>(how: (reader: Reader) => Promise<T | undefined>): Promise<T | undefined> {
    this.#transfer ??= this.#begin();
    const { task, readers } = this.#transfer;
    for (;;) {
      this.#reader ??= (await task.race(readers.next())).value ?? undefined;
      const reader = this.#reader;
      if (reader === undefined) return undefined;
      const got = await task.ask(() => how(reader));
      task.jobId ??= reader.jobId() ?? undefined;
      if (got !== undefined) {
        task.waited();
        return got;
      }
      this.#reader = undefined;
    }
  }

  #rows(chunk: Chunk): unknown[] {
    if ("records" in chunk) {
      this.#rowsOfRecords ??= shapeOfRecords(this.#shape);
      return this.#rowsOfRecords(chunk.records);
    }
    const { header, ...cells } = chunk;
    if (header !== undefined) {
      const { empty = null, nested } = this.#options;
      this.#header = header;
      this.#rowsOfCells = shapeOfCells(this.#shape)(header, { empty, nested });
    }
    return this.#rowsOfCells?.(cells) ?? [];
  }

  #deliver(rows: unknown[]): unknown[] {
    this.#delivered += rows.length;
    this.#tell("downloading");
    return rows;
  }

  #done(): undefined {
    this.#tell("done");
    return this.finish();
  }

  #tell(phase: "downloading" | "done"): void {
    const jobId = this.jobId;
    const progress = { phase, rows: this.#delivered };
    this.#transfer?.task.tell(jobId === undefined ? progress : { ...progress, jobId });
  }
}

const ROWS_FIRST = "The rows were read before their columns: ask for the columns first.";
const COLUMNS_FIRST =
  "The columns were read with the first rows: read the rest as rows, or ask for the bytes of another query.";

function ignore(): void {}
