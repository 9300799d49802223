/** The package. The wasm that the build puts inside loads by itself, on first use. */
import { load } from "./wasm/runtime.ts";

export async function init(): Promise<void> {
  await load();
}

export * from "./public.ts";
