/** The demo page, built as any user's page is: Vite, and the package from its tarball. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureInstalled } from "./npm.mjs";
import { www } from "./paths.mjs";
import { run } from "./run.mjs";
import { latestTarball } from "./tarball.mjs";

const out = join(www, "dist");

/** The folder of the page where it has been built, else undefined. */
export function builtPage() {
  return existsSync(join(out, "index.html")) ? out : undefined;
}

/** Builds the page and resolves with its folder. The package must have been built before. */
export async function buildPage() {
  ensureInstalled(www);
  await installPackage(latestTarball());
  await run(process.execPath, [join(www, "node_modules", "vite", "bin", "vite.js"), "build"], {
    cwd: www,
  });
  return out;
}

/** `--no-save`: the page's lock file cannot name a tarball that every build makes anew. */
async function installPackage(tarball) {
  const digest = createHash("sha256").update(readFileSync(tarball)).digest("hex");
  const stamp = join(www, "node_modules", "salesforce-bulk", ".tarball");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === digest) return;
  const flags = ["--no-save", "--no-package-lock", "--no-audit", "--no-fund"];
  await run("npm", ["install", tarball, ...flags], { cwd: www, quiet: true });
  mkdirSync(join(stamp, ".."), { recursive: true });
  writeFileSync(stamp, digest);
}
