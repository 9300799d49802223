/** The package without its wasm: `init(source)` says where that is. */
import { load, provide } from "./lib/runtime.js";

export async function init(source) {
  if (source !== undefined) provide(source);
  await load();
}

export * from "./lib/public.js";
