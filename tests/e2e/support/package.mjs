/** The package by its name, from its tarball: installed once, then shared by all test files. */
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { dist } from "../../../scripts/lib/paths.mjs";
import { latestTarball } from "../../../scripts/lib/tarball.mjs";
import { installInto } from "../../support/pack.mjs";
import "./guard.mjs";

export const { modules, commonjs } = await installed(latestTarball());

export const { Bulk, isBulkError } = modules;

/**
 * A package as `import` gives it, and as `require` does: two copies, each with classes of its own.
 *
 * @param {string} from a tarball, or a folder that could become one
 */
export async function installed(from) {
  const home = join(dist, "e2e", fingerprint(from));
  if (!existsSync(home)) await makeProject(home, from);
  return {
    modules: await import(pathToFileURL(join(home, "by-name.mjs")).href),
    commonjs: createRequire(join(home, "package.json"))("salesforce-bulk"),
  };
}

/** Test files run at the same time: whoever is first gives the folder its name. */
async function makeProject(home, from) {
  const fresh = `${home}-${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  await installInto(fresh, from);
  writeFileSync(join(fresh, "by-name.mjs"), 'export * from "salesforce-bulk";\n');
  try {
    renameSync(fresh, home);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(home)) throw error;
  }
}

function fingerprint(from) {
  const names = statSync(from).isFile() ? [""] : readdirSync(from, { recursive: true }).sort();
  const hash = createHash("sha256");
  for (const path of names.map((name) => join(from, name))) {
    if (statSync(path).isFile()) hash.update(path).update(readFileSync(path));
  }
  return hash.digest("hex").slice(0, 16);
}
