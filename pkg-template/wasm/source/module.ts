/** For hosts that compile no wasm while they run: their bundlers make a module of the file. */
import module from "#module";
import type { BuiltIn } from "../runtime.ts";

export const builtIn: BuiltIn = () => module;
