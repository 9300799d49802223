/** Rows and bytes of a transfer: the readers of one task, one after another, chunk by chunk. */
import type { Reader } from "#glue";
import type { Cells } from "../csv/row/cells.ts";
import { bulkError } from "../errors.ts";
import type { Task } from "../task/task.ts";
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

/** A chunk of records as the wasm gives it. */
type Chunk = { readonly json: string } | (Cells & { readonly header?: string[]; json?: undefined });

export class Feed implements RowFeed {
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
  #over = false;

  constructor(begin: () => Transfer, options: FeedOptions = {}) {
    this.#begin = begin;
    this.#options = options;
  }

  get open(): boolean {
    return !this.#over && (this.#transfer === undefined || this.#transfer.task.open);
  }

  get jobId(): string | undefined {
    return this.#transfer?.task.jobId ?? this.#options.jobId;
  }

  shapeAs(shape: Shape): void {
    this.#shape = shape;
  }

  async next(): Promise<unknown[] | undefined> {
    await this.#looking?.catch(ignore);
    return this.#guard(async () => {
      for (;;) {
        const chunk = await this.#nextChunk();
        if (chunk === undefined) return this.#finish();
        const rows = this.#rows(chunk);
        if (rows.length > 0) return this.#deliver(rows);
      }
    });
  }

  async nextBytes(): Promise<Uint8Array<ArrayBuffer> | undefined> {
    await this.#looking?.catch(ignore);
    return this.#guard(async () => {
      if (this.#ahead !== undefined) throw bulkError("used", COLUMNS_FIRST);
      const bytes = await this.#read<Uint8Array<ArrayBuffer>>((reader) => reader.nextBytes());
      return bytes ?? this.#finish();
    });
  }

  columns(): Promise<string[]> {
    this.#looking ??= this.#look();
    return this.#looking;
  }

  stop(reason: unknown): void {
    this.#over = true;
    this.#transfer?.task.stop(reason);
  }

  async #look(): Promise<string[]> {
    if (this.#transfer !== undefined || this.#over) {
      if (this.#header !== undefined) return [...this.#header];
      throw bulkError("used", ROWS_FIRST);
    }
    const ahead = await this.#guard(async () => ({ chunk: await this.#readChunk() }));
    if (ahead === undefined) throw bulkError("used", ROWS_FIRST);
    this.#ahead = ahead;
    return this.#columnsOf(ahead.chunk);
  }

  #columnsOf(chunk: Chunk | undefined): string[] {
    if (chunk === undefined) return [];
    if (chunk.json === undefined) return [...(chunk.header ?? [])];
    return Object.keys(this.#parse(chunk.json)[0] ?? {});
  }

  /** A failure ends the feed: what comes after it is nothing. */
  async #guard<T>(read: () => Promise<T>): Promise<T | undefined> {
    if (this.#over) return undefined;
    try {
      return await read();
    } catch (error) {
      this.stop(error);
      throw error;
    }
  }

  async #nextChunk(): Promise<Chunk | undefined> {
    const ahead = this.#ahead;
    this.#ahead = undefined;
    return ahead === undefined ? this.#readChunk() : ahead.chunk;
  }

  #readChunk(): Promise<Chunk | undefined> {
    return this.#read<Chunk>((reader) => reader.next());
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
    if (chunk.json !== undefined) {
      this.#rowsOfRecords ??= shapeOfRecords(this.#shape);
      return this.#rowsOfRecords(this.#parse(chunk.json));
    }
    const { header, ...cells } = chunk;
    if (header !== undefined) {
      const { empty = null, nested } = this.#options;
      this.#header = header;
      this.#rowsOfCells = shapeOfCells(this.#shape)(header, { empty, nested });
    }
    return this.#rowsOfCells?.(cells) ?? [];
  }

  #parse(json: string): object[] {
    return (this.#options.parse ?? parseRecords)(json);
  }

  #deliver(rows: unknown[]): unknown[] {
    this.#delivered += rows.length;
    this.#tell("downloading");
    return rows;
  }

  #finish(): undefined {
    this.#tell("done");
    this.#over = true;
    this.#transfer?.task.end();
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
