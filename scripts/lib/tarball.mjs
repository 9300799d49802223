/** The tarball as `npm publish` would send it. */
import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { dist, pkg } from "./paths.mjs";
import { ExpectedError, run } from "./run.mjs";

/** Packs pkg/ into dist/ and resolves with the tarball's path. */
export async function pack() {
  mkdirSync(dist, { recursive: true });
  for (const name of tarballs()) rmSync(join(dist, name));
  await run("npm", ["pack", "--pack-destination", dist, "--silent"], { cwd: pkg, quiet: true });
  return latestTarball();
}

/** The path of the tarball that the build made. */
export function latestTarball() {
  const [name] = tarballs();
  if (!name) throw new ExpectedError("There is no tarball yet: run `npm run build` first");
  const path = join(dist, name);
  if (statSync(path).size === 0) throw new ExpectedError(`${path} is empty`);
  return path;
}

function tarballs() {
  return readdirSync(dist).filter((name) => name.endsWith(".tgz"));
}
