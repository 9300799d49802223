export * from "./index.js";

/**
 * Where the wasm is: the bytes of `salesforce-bulk/salesforce_bulk.wasm`, its `WebAssembly.Module`, a `Response`, or its
 * address.
 */
export type WasmSource =
  | string
  | ArrayBuffer
  | Uint8Array
  | WasmAddress
  | WasmResponse
  | WasmModule;

/** A `URL`. */
export interface WasmAddress {
  readonly href: string;
}

/** A `Response`. */
export interface WasmResponse {
  readonly headers: object;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** A `WebAssembly.Module`, which has no members of its own. */
export type WasmModule = object;

/** Loads the wasm; to be called once, before anything else. Later calls without a source wait for the same. */
export function init(source?: WasmSource | Promise<WasmSource>): Promise<void>;
