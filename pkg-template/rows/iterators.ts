/**
 * Iterators by hand: an async generator costs twice as much a row, and its `return()` waits for the call before it.
 *
 * Calls that overlap are answered one after another, in order; `return()` and `throw()` do not wait for them, but let the
 * supply go at once.
 */
import { type BulkError, bulkError } from "../errors.ts";
import type { RowFeed } from "./row-feed.ts";

/** What an iterator gives out, one thing after another. */
export interface Supply<T> {
  /** What is there already, where something is. */
  ready?(): T | undefined;
  /** The next one; undefined at the end. It is not asked twice at once. */
  next(): Promise<T | undefined>;
  /** Nobody wants the rest. */
  stop(reason: unknown): void;
}

/** Why a transfer stopped that nobody wants the rest of. */
export function leftEarly(): BulkError {
  return bulkError("used", "The rows were left before their end.");
}

/** Iterates over a supply. */
export function iterate<T>(supply: Supply<T>): AsyncIterableIterator<T> {
  inherit();
  return new SupplyIterator(supply);
}

/** Iterates over the rows of a feed, one by one. */
export function iterateRows<T>(feed: RowFeed): AsyncIterableIterator<T> {
  return iterate(new SingleRows<T>(feed));
}

/** Iterates over the rows of a feed, as many at a time as come. */
export function iterateChunks<T>(feed: RowFeed): AsyncIterableIterator<T[]> {
  return iterate({
    next: () => feed.next() as Promise<T[] | undefined>,
    stop: (reason) => feed.stop(reason),
  });
}

class SupplyIterator<T> implements AsyncIterableIterator<T, unknown> {
  readonly #supply: Supply<T>;
  #last: Promise<unknown> | undefined;
  #waiting = 0;
  #closed = false;

  constructor(supply: Supply<T>) {
    this.#supply = supply;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<T, unknown>> {
    const value = this.#waiting > 0 ? undefined : this.#supply.ready?.();
    return value === undefined ? this.#queue() : Promise.resolve({ done: false, value });
  }

  async return(value?: unknown): Promise<IteratorResult<T, unknown>> {
    this.#close(leftEarly());
    return { done: true, value: await value };
  }

  async throw(reason?: unknown): Promise<IteratorResult<T, unknown>> {
    this.#close(reason);
    throw reason;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#close(leftEarly());
  }

  #close(reason: unknown): void {
    this.#closed = true;
    this.#supply.stop(reason);
  }

  /** Takes its turn behind the calls that wait. */
  #queue(): Promise<IteratorResult<T, unknown>> {
    const before = this.#waiting > 0 ? this.#last : undefined;
    this.#waiting += 1;
    const answer = before === undefined ? this.#answer() : before.then(() => this.#answer());
    this.#last = answer.then(ignore, ignore);
    return answer;
  }

  async #answer(): Promise<IteratorResult<T, unknown>> {
    try {
      const value = this.#closed ? undefined : await this.#supply.next();
      if (value !== undefined) return { done: false, value };
      this.#closed = true;
      return { done: true, value: undefined };
    } catch (error) {
      // A call that `return()` has overtaken is not a failure.
      if (this.#closed) return { done: true, value: undefined };
      this.#closed = true;
      throw error;
    } finally {
      this.#waiting -= 1;
    }
  }
}

/** The rows of a feed one by one. */
class SingleRows<T> implements Supply<T> {
  readonly #feed: RowFeed;
  #rows: unknown[] = [];
  #at = 0;

  constructor(feed: RowFeed) {
    this.#feed = feed;
  }

  ready(): T | undefined {
    if (this.#at >= this.#rows.length || !this.#feed.open) return undefined;
    const row = this.#rows[this.#at];
    // The row is the caller's now: what is read must not be kept here.
    this.#rows[this.#at] = undefined;
    this.#at += 1;
    return row as T;
  }

  async next(): Promise<T | undefined> {
    const ready = this.ready();
    if (ready !== undefined) return ready;
    this.#rows = (await this.#feed.next()) ?? [];
    this.#at = 0;
    return this.ready();
  }

  stop(reason: unknown): void {
    this.#feed.stop(reason);
  }
}

let inherits = false;

/** As every iterator of the language: its helpers are there where the host has them. */
function inherit(): void {
  if (inherits) return;
  inherits = true;
  const generators = Object.getPrototypeOf(async function* () {}.prototype);
  Object.setPrototypeOf(SupplyIterator.prototype, Object.getPrototypeOf(generators));
}

function ignore(): void {}
