/** npm: is what a lock file names installed, and if not, install it. Needs nothing but Node. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Makes sure that every package of a folder's lock file is installed, in its version. */
export function ensureInstalled(folder) {
  if (installed(folder)) return;
  console.log(`Installing the npm packages of ${join(folder, "package-lock.json")} …`);
  if (npm(folder, "ci") || npm(folder, "install")) return;
  const message = `npm could not install the packages of ${folder}: see above.`;
  throw Object.assign(new Error(message), { expected: true });
}

function installed(folder) {
  const record = join(folder, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  const wanted = packages(join(folder, "package-lock.json"));
  const found = packages(record);
  return Object.entries(wanted).every(([path, { optional, version }]) => {
    const forOtherMachines = optional && !found[path];
    return path === "" || forOtherMachines || found[path]?.version === version;
  });
}

const packages = (path) => JSON.parse(readFileSync(path, "utf8")).packages;

function npm(folder, ...args) {
  const shell = process.platform === "win32";
  return spawnSync("npm", args, { cwd: folder, stdio: "inherit", shell }).status === 0;
}
