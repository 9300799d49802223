/** The package without its wasm: `init(source)` says where that is. */

import type { WasmSource } from "./wasm/runtime.ts";
import { load, provide } from "./wasm/runtime.ts";

export async function init(source?: WasmSource | Promise<WasmSource>): Promise<void> {
  if (source !== undefined) provide(source);
  await load();
}

export * from "./public.ts";
