/** Of the entry that carries no wasm. */
import type { BuiltIn } from "../runtime.ts";

export const builtIn: BuiltIn = undefined;
