/** For workerd, which compiles no wasm while it runs: the module is imported. */

import { load, provide } from "./lib/runtime.js";
import module from "./salesforce_bulk.wasm";

provide(module);

export async function init() {
  await load();
}

export * from "./lib/public.js";
