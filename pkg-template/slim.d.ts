export * from "./index.js";

/** Where the wasm is: the bytes of `salesforce-bulk/salesforce_bulk.wasm`, its module, a response, or its address. */
export type WasmSource = Uint8Array | ArrayBuffer | WebAssembly.Module | Response | URL | string;

/** Loads the wasm; to be called once, before anything else. Later calls without a source wait for the same. */
export function init(source?: WasmSource | Promise<WasmSource>): Promise<void>;
