/** The package with its wasm inside: it loads by itself, on first use. */
import bytes from "./bytes.js";
import { decodeBase64 } from "./lib/base64.js";
import { inflate } from "./lib/inflate.js";
import { load, provide } from "./lib/runtime.js";

provide(() => inflate(decodeBase64(bytes)));

export async function init() {
  await load();
}

export * from "./lib/public.js";
