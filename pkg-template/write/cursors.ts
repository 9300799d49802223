/** How each kind of source is read, item by item, and how it is let go. */
import { isBulkError } from "../errors.ts";
import { isThenable } from "./describe.ts";
import { type AnyIterable, isNodeStream, isWebStream, type NodeStream } from "./source-kinds.ts";

/**
 * One reader of one source. It holds the source from the start: nobody else can read it, and its failures wait for
 * whoever reads.
 */
export interface Cursor<Item = unknown> {
  /** The next item. Not a promise where it is there already: awaiting that would cost more than a record. */
  next(): Step<Item> | PromiseLike<Step<Item>>;
  /** Lets go of the source at once: no more is wanted of it. May be called at any time, and again. */
  close(reason?: unknown): void;
}

export type Step<Item = unknown> = { done?: false; value: Item } | { done: true; value: unknown };

export const DONE: Step<never> = { done: true, value: undefined };

/** Of what can be read item by item. */
export function cursorOver(source: NodeStream | ReadableStream<unknown> | AnyIterable): Cursor {
  if (isWebStream(source)) return webStreamCursor(source);
  if (isNodeStream(source)) return nodeStreamCursor(source);
  if (Array.isArray(source)) return arrayCursor(source.slice());
  return iterableCursor(source);
}

/** Of what needs no hold: it is opened by the first read, or never. */
export function lateCursor(open: () => Cursor): Cursor {
  let cursor: Cursor | undefined;
  const next = () => {
    cursor ??= open();
    return cursor.next();
  };
  const close = (reason: unknown) => {
    cursor ??= arrayCursor([]);
    cursor.close(reason);
  };
  return { next, close };
}

/** As its iterator would give it, but without asking. */
export function arrayCursor(items: readonly unknown[]): Cursor {
  let at = 0;
  const next = () => (at < items.length ? { value: items[at++] } : DONE);
  const close = () => {
    at = Number.POSITIVE_INFINITY;
  };
  return { next, close };
}

export function iteratorCursor(iterator: Iterator<unknown> | AsyncIterator<unknown>): Cursor {
  let open = true;
  /** Within the iterator's own code, where a generator cannot be told to return. */
  let inside = false;
  const leave = () => quietly(() => iterator.return?.());
  const close = () => {
    if (open && !inside) leave();
    open = false;
  };
  const seen = (result: unknown): Step => {
    if (!isStep(result)) throw new TypeError("an iterator gave no object");
    if (result.done) open = false;
    return result;
  };
  const step = (): unknown => {
    inside = true;
    try {
      return iterator.next();
    } catch (error) {
      open = false;
      throw error;
    } finally {
      inside = false;
    }
  };
  const next = () => {
    if (!open) return DONE;
    const result = step();
    if (!open) leave();
    return isThenable(result) ? result.then(seen) : seen(result);
  };
  return { next, close };
}

/** An iterable that fails at once does so for whoever reads. */
function iterableCursor(source: AnyIterable): Cursor {
  try {
    return iteratorCursor(iteratorOf(source));
  } catch (error) {
    return failedCursor(error);
  }
}

function failedCursor(error: unknown): Cursor {
  const next = () => {
    throw error;
  };
  return { next, close: ignore };
}

function webStreamCursor(stream: ReadableStream<unknown>): Cursor {
  const reader = stream.getReader();
  const close = (reason: unknown) => quietly(() => reader.cancel(reason));
  return { next: () => reader.read(), close };
}

/** Without a listener an error that comes before the first read would end the process. */
function nodeStreamCursor(stream: NodeStream): Cursor {
  stream.on("error", ignore);
  const cursor = iteratorCursor(stream[Symbol.asyncIterator]());
  const close = (reason: unknown) => {
    quietly(() => stream.destroy(isLeaving(reason) ? undefined : reason));
    cursor.close();
  };
  return { next: cursor.next, close };
}

/** Who leaves a loop early has met with no error. */
function isLeaving(reason: unknown): boolean {
  return isBulkError(reason) && "code" in reason && reason.code === "used";
}

function iteratorOf(source: AnyIterable): Iterator<unknown> | AsyncIterator<unknown> {
  return Symbol.asyncIterator in source && typeof source[Symbol.asyncIterator] === "function"
    ? source[Symbol.asyncIterator]()
    : syncIteratorOf(source);
}

function syncIteratorOf(source: AnyIterable): Iterator<unknown> {
  if (Symbol.iterator in source) return source[Symbol.iterator]();
  throw new TypeError("an iterable gives no iterator");
}

function isStep(value: unknown): value is Step {
  return typeof value === "object" && value !== null;
}

/** What the caller's own iterator or stream does on being closed is no longer of interest. */
function quietly(close: () => unknown): void {
  try {
    Promise.resolve(close()).catch(ignore);
  } catch {
    // As above.
  }
}

function ignore(): void {}
