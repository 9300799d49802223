/** For workerd, which compiles no wasm while it runs: the module is imported. */
import module from "./salesforce_bulk.wasm";
import { load, provide } from "./lib/runtime.js";

provide(module);

export async function init() {
  await load();
}

export * from "./lib/public.js";
