/** A variant of the package, built with features that the published one has not. */
import { join } from "node:path";
import { buildVariant } from "../../../scripts/build.mjs";
import { dist } from "../../../scripts/lib/paths.mjs";
import { installed } from "./package.mjs";

/** Both forms of the package with this feature of the crate. */
export async function variant(feature) {
  const out = join(dist, feature);
  await buildVariant(out, feature);
  return installed(out);
}
