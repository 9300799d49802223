/** The package by its name, from its tarball: installed once, then shared by all test files. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { dist } from "../../../scripts/lib/paths.mjs";
import { latestTarball } from "../../../scripts/lib/tarball.mjs";
import { installInto } from "../../support/pack.mjs";
import "./guard.mjs";

const project = await install(latestTarball());

/** As `import` gives it. */
export const modules = await import(pathToFileURL(join(project, "by-name.mjs")).href);

/** As `require` gives it: another copy, with classes of its own. */
export const commonjs = createRequire(join(project, "package.json"))("salesforce-bulk");

export const { Bulk, isBulkError } = modules;

/** The folder of a project that has this tarball's package, made at the first call for it. */
async function install(tarball) {
  const digest = createHash("sha256").update(readFileSync(tarball)).digest("hex").slice(0, 16);
  const home = join(dist, "e2e", digest);
  if (!existsSync(home)) await makeProject(home, tarball);
  return home;
}

/** Test files run at the same time: whoever is first gives the folder its name. */
async function makeProject(home, tarball) {
  const fresh = `${home}-${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  await installInto(fresh, tarball);
  writeFileSync(join(fresh, "by-name.mjs"), 'export * from "salesforce-bulk";\n');
  try {
    renameSync(fresh, home);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(home)) throw error;
  }
}
