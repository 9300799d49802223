/** The wasm inside the package: compressed, as base64. */
import bytes from "#bytes";
import { decodeBase64 } from "../base64.ts";
import { inflate } from "../inflate.ts";
import type { BuiltIn } from "../runtime.ts";

export const builtIn: BuiltIn = () => inflate(decodeBase64(bytes));
