/**
 * The way into every command: `node scripts/bootstrap.mjs <command> [arguments]`.
 *
 * It may import only what Node itself brings, because its work is to install the rest.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const commands = ["build", "format", "org", "start", "test"];

/** True when every package of the lock file is installed in its version. */
function installed() {
  const hidden = `${root}node_modules/.package-lock.json`;
  if (!existsSync(hidden)) return false;
  const wanted = readPackages(`${root}package-lock.json`);
  const found = readPackages(hidden);
  return Object.entries(wanted).every(
    ([path, { optional, version }]) => !path || optional || found[path]?.version === version,
  );
}

function readPackages(path) {
  return JSON.parse(readFileSync(path, "utf8")).packages;
}

function npm(...args) {
  const windows = process.platform === "win32";
  return spawnSync("npm", args, { cwd: root, stdio: "inherit", shell: windows }).status === 0;
}

function install() {
  console.log("Installing the npm packages of package-lock.json …");
  if (npm("ci") || npm("install")) return;
  console.error("npm could not install the packages: see above.");
  process.exit(1);
}

const [command, ...args] = process.argv.slice(2);
if (!commands.includes(command)) {
  console.error(`usage: node scripts/bootstrap.mjs ${commands.join("|")} [arguments]`);
  process.exit(2);
}
if (!installed()) install();
try {
  const { main } = await import(`./${command}.mjs`);
  await main(args);
} catch (error) {
  console.error(error.expected ? `\n${error.message}` : error);
  process.exitCode = 1;
}
