/**
 * The iterators over a feed, by hand: an async generator costs twice as much a row.
 *
 * Calls that overlap are answered one after another, in order; `return()` does not wait for them, but stops the
 * transfer at once.
 */
import { bulkError } from "../errors.ts";

/**
 * What rows, bytes or parts come from, one after another; undefined is the end. Whoever reads must not ask twice at once.
 *
 * @typedef {{ readonly open: boolean, next(): Promise<any>, nextBytes(): Promise<Uint8Array | undefined>,
 *   stop(reason: unknown): void }} Feeding
 */

const DONE = Object.freeze({ done: true, value: undefined });
const ignore = () => {};

/** Why a transfer stopped that nobody wants the rest of. */
export const left = () => bulkError("used", "The rows were left before their end.");

class FeedIterator {
  #last;
  #waiting = 0;
  closed = false;

  /** @param {Feeding} feed */
  constructor(feed) {
    this.feed = feed;
  }

  [Symbol.asyncIterator]() {
    return this;
  }

  async return(value) {
    this.closed = true;
    this.feed.stop(left());
    return { done: true, value };
  }

  /** Whether a call waits for its answer. */
  get busy() {
    return this.#waiting > 0;
  }

  /** Takes its turn behind the calls that wait. */
  queue(step) {
    const before = this.busy ? this.#last : undefined;
    this.#waiting += 1;
    const answer =
      before === undefined ? this.#answer(step) : before.then(() => this.#answer(step));
    this.#last = answer.then(ignore, ignore);
    return answer;
  }

  async #answer(step) {
    try {
      return this.closed ? DONE : await step();
    } catch (error) {
      // A call that `return()` has overtaken is not a failure.
      if (this.closed) return DONE;
      this.closed = true;
      throw error;
    } finally {
      this.#waiting -= 1;
    }
  }
}

export class ChunkIterator extends FeedIterator {
  next() {
    return this.queue(async () => {
      const value = await this.feed.next();
      return value === undefined ? DONE : { done: false, value };
    });
  }
}

export class RowIterator extends FeedIterator {
  #rows = [];
  #at = 0;

  next() {
    const ready = this.#at < this.#rows.length && this.feed.open && !this.busy;
    return ready ? Promise.resolve(this.#take()) : this.queue(() => this.#refill());
  }

  async #refill() {
    if (this.#at >= this.#rows.length || !this.feed.open) {
      this.#rows = (await this.feed.next()) ?? [];
      this.#at = 0;
    }
    return this.#rows.length === 0 ? DONE : this.#take();
  }

  #take() {
    const value = this.#rows[this.#at];
    // The row is the caller's now: what is read must not be kept here.
    this.#rows[this.#at] = undefined;
    this.#at += 1;
    return { done: false, value };
  }
}
