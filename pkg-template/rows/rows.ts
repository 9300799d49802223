/** Rows on their way in, as the caller holds them: one feed, read once, in one of several ways. */

import { type BulkError, bulkError } from "../errors.ts";
import { fileName, rowLimit } from "../options/rows.ts";
import type * as declared from "../types/index.d.ts";
import { iterateChunks, iterateRows, leftEarly } from "./iterators.ts";
import { responseOf } from "./response.ts";
import type { RowFeed, Shape } from "./row-feed.ts";
import { type ByteFeed, byteStream, textOf } from "./streams.ts";

export class Rows<T> implements declared.Rows<T> {
  readonly #feed: RowFeed;
  #used = false;

  constructor(feed: RowFeed) {
    this.#feed = feed;
  }

  get jobId(): string | undefined {
    return this.#feed.jobId;
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<T> {
    return iterateRows(this.#use());
  }

  chunks(): AsyncIterableIterator<T[]> {
    return iterateChunks(this.#use());
  }

  arrays(): declared.Rows<T[keyof T][]> {
    return new Rows<T[keyof T][]>(this.#use("arrays"));
  }

  lazy(): declared.Rows<declared.LazyRow<T>> {
    return new Rows<declared.LazyRow<T>>(this.#use("lazy"));
  }

  bytes(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return byteStream(this.#use());
  }

  async text(): Promise<string> {
    return textOf(this.#use());
  }

  ndjson(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return byteStream(linesOf(this.#use()));
  }

  async toArray(options?: declared.ToArrayOptions): Promise<T[]> {
    const max = rowLimit(options);
    const feed = this.#use();
    const all: T[] = [];
    for (let rows = await feed.next(); rows !== undefined; rows = await feed.next()) {
      if (all.length + rows.length > max) throw stopped(feed, tooMany(max));
      for (const row of rows as T[]) all.push(row);
    }
    return all;
  }

  async response(options?: declared.ResponseOptions): Promise<Response> {
    const name = fileName(options);
    return responseOf(this.#use(), name);
  }

  async columns(): Promise<string[]> {
    return this.#feed.columns();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#feed.stop(leftEarly());
  }

  /** The feed may be read by one reader, once. */
  #use(shape?: Shape): RowFeed {
    if (this.#used) throw bulkError("used", "These rows were read before: ask for them again.");
    this.#used = true;
    if (shape !== undefined) this.#feed.shapeAs(shape);
    return this.#feed;
  }
}

/** The rows of a feed as lines of JSON. */
function linesOf(feed: RowFeed): ByteFeed {
  const encoder = new TextEncoder();
  const line = (row: unknown): string => `${JSON.stringify(row)}\n`;
  return {
    async nextBytes() {
      const rows = await feed.next();
      return rows === undefined ? undefined : encoder.encode(rows.map(line).join(""));
    },
    stop: (reason) => feed.stop(reason),
  };
}

function stopped(feed: RowFeed, error: BulkError): BulkError {
  feed.stop(error);
  return error;
}

function tooMany(max: number): BulkError {
  const text = `There are more than ${max} rows: read them one by one or chunk by chunk, or raise max.`;
  return bulkError("limit", text);
}
