/** The package as a user gets it: its tarball, installed in a project of its own. */
import { existsSync } from "node:fs";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../scripts/lib/run.mjs";
import { latestTarball } from "../../scripts/lib/tarball.mjs";

/**
 * Makes a temporary project with the packed package in its node_modules.
 *
 * @param {Record<string, string>} [files] name → text, written into the project
 * @param {string} [from] a folder whose contents are copied into the project first
 * @returns {Promise<{ dir: string, path: (name: string) => string, remove: () => Promise<void> }>}
 */
export async function installPacked(files = {}, from) {
  const dir = await mkdtemp(join(tmpdir(), "salesforce-bulk-"));
  const path = (name) => join(dir, name);
  if (from) await cp(from, dir, { recursive: true });
  await installInto(dir);
  for (const [name, text] of Object.entries(files)) await writeFile(path(name), text);
  return { dir, path, remove: () => rm(dir, { recursive: true, force: true }) };
}

/**
 * Makes a project of a folder that is there, with a package in its node_modules.
 *
 * @param {string} dir
 * @param {string} [from] the packed one, or a folder that holds one
 */
export async function installInto(dir, from = latestTarball()) {
  const manifest = join(dir, "package.json");
  if (!existsSync(manifest)) await writeFile(manifest, '{ "name": "project", "private": true }\n');
  const flags = ["--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--offline"];
  await run("npm", ["install", from, "--install-links", ...flags], { cwd: dir, quiet: true });
}
