/** What the benchmarks need: the other packages, and this one as it would be published. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildPackage } from "../build.mjs";
import { replaceFolder } from "../lib/folder.mjs";
import { ensureInstalled } from "../lib/npm.mjs";
import { root } from "../lib/paths.mjs";
import { run } from "../lib/run.mjs";

export const bench = join(root, "bench");

export async function prepare() {
  ensureInstalled(bench);
  await install(await buildPackage());
}

/**
 * Unpacks the tarball, where it is not unpacked yet. npm would ask its cache or the registry about all the other packages
 * again, and they are locked and installed already.
 */
async function install(tarball) {
  const folder = join(bench, "node_modules", "salesforce-bulk");
  const digest = createHash("sha256").update(readFileSync(tarball)).digest("hex");
  const stamp = join(folder, ".tarball");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === digest) return;
  await replaceFolder(folder, async (fresh) => {
    await run("tar", ["-xzf", tarball, "-C", fresh, "--strip-components=1"], { quiet: true });
    writeFileSync(join(fresh, ".tarball"), digest);
  });
}
