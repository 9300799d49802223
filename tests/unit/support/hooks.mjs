/** Module hooks: TypeScript loses its types, and what it imports by a name with `#` is something to test with. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";
import { stampsModule } from "../../../scripts/lib/stamps.mjs";

const source = new URL("../../../pkg-template/", import.meta.url);
const inPlace = {
  "#glue": new URL("./fake-glue.mjs", import.meta.url).href,
  "#wasm-source": new URL("wasm/source/none.ts", source).href,
};
const stamps = new URL("csv/row/stamps.ts", source).href;
let shipped = false;

/** @param {{ shipped?: boolean } | undefined} data whether the stamps are those that ship */
export function initialize(data) {
  shipped = data?.shipped === true;
}

export async function resolve(specifier, context, next) {
  const url = inPlace[specifier];
  return url === undefined ? next(specifier, context) : { url, shortCircuit: true };
}

export async function load(url, context, next) {
  const [path] = url.split("?");
  if (!path.endsWith(".ts")) return next(url, context);
  if (shipped && path === stamps) return module(stampsModule());
  const text = await readFile(fileURLToPath(path), "utf8");
  const options = { loader: "ts", target: "es2022", sourcemap: "inline", sourcefile: path };
  return module((await transform(text, options)).code);
}

const module = (text) => ({ format: "module", source: text, shortCircuit: true });
