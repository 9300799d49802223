/** What a source may be, told by what it can do: it may come from another realm, or from another maker. */
import { tagOf } from "./describe.ts";

/** Bytes in memory. */
export type Binary = ArrayBufferView | ArrayBuffer | SharedArrayBuffer;

/** A stream of Node: an emitter that can be destroyed. */
export interface NodeStream extends AsyncIterable<unknown> {
  on(event: "error", listener: (error: unknown) => void): unknown;
  destroy(error?: unknown): unknown;
}

export type AnyIterable = AsyncIterable<unknown> | Iterable<unknown>;

export function isBinary(value: unknown): value is Binary {
  const tag = tagOf(value);
  return ArrayBuffer.isView(value) || tag === "ArrayBuffer" || tag === "SharedArrayBuffer";
}

export function isBlob(value: unknown): value is Blob {
  return (
    isObject<{ stream: unknown; size: unknown }>(value) &&
    typeof value.stream === "function" &&
    typeof value.size === "number"
  );
}

export function isResponse(value: unknown): value is Response {
  return tagOf(value) === "Response" && isObject(value) && "body" in value;
}

export function isWebStream(value: unknown): value is ReadableStream<unknown> {
  return isObject<{ getReader: unknown }>(value) && typeof value.getReader === "function";
}

export function isNodeStream(value: unknown): value is NodeStream {
  return (
    isObject<{ on: unknown; destroy: unknown; [Symbol.asyncIterator]: unknown }>(value) &&
    typeof value.on === "function" &&
    typeof value.destroy === "function" &&
    typeof value[Symbol.asyncIterator] === "function"
  );
}

export function isIterable(value: unknown): value is AnyIterable {
  if (!isObject<Partial<AsyncIterable<unknown> & Iterable<unknown>>>(value)) return false;
  return typeof (value[Symbol.asyncIterator] ?? value[Symbol.iterator]) === "function";
}

/** An object, of which any of these may be asked. */
function isObject<Asked extends object = object>(value: unknown): value is Partial<Asked> {
  return typeof value === "object" && value !== null;
}
