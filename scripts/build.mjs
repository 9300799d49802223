/**
 * `npm run build`: makes pkg/, ready to be published, packs it, and says what it weighs.
 *
 * `npm run build -- --features test-panic --out DIR` makes a variant for tests, and only that.
 */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { assemble } from "./lib/assemble.mjs";
import { pkg } from "./lib/paths.mjs";
import { reportSizes } from "./lib/sizes.mjs";
import { pack } from "./lib/tarball.mjs";
import { buildWasm } from "./lib/wasm.mjs";

export async function main(args = []) {
  const { features, out } = parseArgs({
    args,
    options: { features: { type: "string" }, out: { type: "string" } },
  }).values;
  if (features || out) await buildVariant(resolve(out ?? "dist/variant"), features);
  else await reportSizes(await buildPackage());
}

/** Makes pkg/ and its tarball; resolves with the tarball's path. */
export async function buildPackage() {
  await assemble(pkg, await buildWasm());
  return pack();
}

/** Makes the package with some of the crate's features on, in a folder of its own. */
export async function buildVariant(out, features) {
  await assemble(out, await buildWasm(features));
}
