/** Rows on their way in, as the caller holds them: one feed, read once, in one of four ways. */
import { bulkError } from "../errors.ts";
import { ChunkIterator, left, RowIterator } from "./iterators.ts";

export class Rows {
  #feed;

  /** @param {import("./iterators.ts").Feeding | undefined} feed */
  constructor(feed) {
    this.#feed = feed;
  }

  /** The feed, for who reads it otherwise: it counts as a use. */
  static take(rows) {
    return rows.#take();
  }

  [Symbol.asyncIterator]() {
    return new RowIterator(this.#take());
  }

  chunks() {
    return new ChunkIterator(this.#take());
  }

  bytes() {
    return byteStream(this.#take());
  }

  async toArray() {
    const feed = this.#take();
    const all = [];
    for (let rows = await feed.next(); rows !== undefined; rows = await feed.next()) {
      for (const row of rows) all.push(row);
    }
    return all;
  }

  /** The feed may be read by one reader, once. */
  #take() {
    const feed = this.#feed;
    this.#feed = undefined;
    if (feed === undefined)
      throw bulkError("used", "These rows were read before: ask for them again.");
    return feed;
  }
}

/** The bytes of a feed as a web stream, which asks for nothing before it is read. */
export function byteStream(feed) {
  return new ReadableStream(
    {
      async pull(controller) {
        const bytes = await feed.nextBytes();
        if (bytes === undefined) controller.close();
        else controller.enqueue(bytes);
      },
      cancel(reason) {
        feed.stop(reason ?? left());
      },
    },
    { highWaterMark: 0 },
  );
}
