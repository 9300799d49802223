/** The codec as users have it, and what its tests share. */
import { setTimeout as pause } from "node:timers/promises";
import { modules } from "./package.mjs";
import { joined } from "./reading.mjs";
import { bytesInto, utf8 } from "./sources.mjs";

export const { parseCsv, formatCsv, splitCsv } = modules;

/** Text as UTF-8; bytes as they are. */
export const bytesOf = (input) =>
  typeof input === "string" ? utf8(input) : Uint8Array.from(input);

/** All that an iterable gives, and the error that it ends with, if it does. */
export async function outcome(iterable) {
  const items = [];
  try {
    for await (const item of iterable) items.push(item);
  } catch (error) {
    return { items, error };
  }
  return { items };
}

/** What is written of records, as text. */
export const written = (records, options) => joined(formatCsv(records, options));

/** An array's items, one after another, each a moment later. */
export async function* arriving(items) {
  for (const item of items) {
    await null;
    yield item;
  }
}

/** Gives each piece in the same memory, as those do who read files by hand. */
export function* reused(bytes) {
  const memory = new Uint8Array(8);
  for (const piece of bytesInto(bytes, memory.length)) {
    memory.set(piece);
    yield memory.subarray(0, piece.length);
  }
}

/** Two pieces, at every place where bytes can be cut. */
export function* cuts(bytes) {
  for (let at = 0; at <= bytes.length; at += 1) yield [bytes.slice(0, at), bytes.slice(at)];
}

/** Long enough for a source to hear that no more is wanted. */
export const settle = () => pause(10);

/**
 * Sources that give these items and then never end; each has its own way to hear that no more is wanted, and `closed`
 * counts how often it did.
 */
export const watched = {
  "a stream": (items) => watch(items, watchedStream),
  "an async iterable": (items) => watch(items, watchedAsyncIterable),
};

function watch(items, make) {
  const watching = { closed: 0, reason: undefined, asked: 0 };
  const left = [...items];
  const next = () => {
    watching.asked += 1;
    return left.length > 0 ? { done: false, value: left.shift() } : undefined;
  };
  const close = (reason) => {
    watching.closed += 1;
    watching.reason = reason;
  };
  return Object.assign(watching, { source: make(next, close) });
}

const never = () => new Promise(() => {});

function watchedStream(next, cancel) {
  const pull = (controller) => {
    const item = next();
    if (item === undefined) return never();
    controller.enqueue(item.value);
  };
  return new ReadableStream({ pull, cancel }, { highWaterMark: 0 });
}

function watchedAsyncIterable(next, close) {
  const iterator = {
    next: async () => next() ?? never(),
    return: async (value) => {
      close();
      return { done: true, value };
    },
  };
  return { [Symbol.asyncIterator]: () => iterator };
}

/** An endless iterator of items made by their number, from 0, that tells when it was closed. */
export function endless(make) {
  const watching = { closed: 0, given: 0 };
  const iterator = {
    next: () => ({ done: false, value: make(watching.given++) }),
    return: (value) => {
      watching.closed += 1;
      return { done: true, value };
    },
  };
  return Object.assign(watching, { source: { [Symbol.iterator]: () => iterator } });
}

/** Random numbers that are the same in every run: xorshift, 32 bits. */
export function seeded(seed) {
  let state = seed;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  const below = (limit) => next() % limit;
  const pick = (items) => items[below(items.length)];
  const times = (count, make) => Array.from({ length: count }, (_, at) => make(at));
  return { below, pick, times };
}

/** Bytes in pieces of random sizes, empty ones among them. */
export function torn(bytes, random, most = 20) {
  const pieces = [];
  for (let at = 0; at < bytes.length; ) {
    const size = random.below(most);
    pieces.push(bytes.slice(at, at + size));
    at += size;
  }
  return pieces;
}
