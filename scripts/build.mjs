/** `npm run build`: makes pkg/, ready to be published, and says what it weighs. */
import { assemble } from "./lib/assemble.mjs";
import { pkg } from "./lib/paths.mjs";
import { reportSizes } from "./lib/sizes.mjs";
import { pack } from "./lib/tarball.mjs";
import { buildWasm } from "./lib/wasm.mjs";

export async function main() {
  await assemble(await buildWasm());
  const tarball = await pack();
  await reportSizes(pkg, tarball);
  return tarball;
}
