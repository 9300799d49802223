/** What the benchmarks need: the other packages, and this one as it would be published. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { installInto } from "../../tests/support/pack.mjs";
import { buildPackage } from "../build.mjs";
import { ensureInstalled } from "../lib/npm.mjs";
import { root } from "../lib/paths.mjs";

export const bench = join(root, "bench");

export async function prepare() {
  ensureInstalled(bench);
  await install(await buildPackage());
}

/** Only where it is not there yet. */
async function install(tarball) {
  const digest = createHash("sha256").update(readFileSync(tarball)).digest("hex");
  const stamp = join(bench, "node_modules", "salesforce-bulk", ".tarball");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === digest) return;
  await installInto(bench, tarball);
  writeFileSync(stamp, digest);
}
