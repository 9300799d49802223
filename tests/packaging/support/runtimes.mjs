/** Deno, Bun and workerd: from npm where it has them for this machine, else from PATH. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureInstalled } from "../../../scripts/lib/npm.mjs";
import { ask } from "../../../scripts/lib/run.mjs";

const home = fileURLToPath(new URL("../runtimes", import.meta.url));

const packaged = {
  deno: "@deno/linux-x64-glibc/deno",
  bun: "@oven/bun-linux-x64/bin/bun",
  workerd: "@cloudflare/workerd-linux-64/bin/workerd",
};

/** The path of a runtime that works here, or null. */
export async function findRuntime(name) {
  ensureInstalled(home);
  for (const path of [join(home, "node_modules", packaged[name]), name]) {
    if ((await ask(path, ["--version"])) !== null) return path;
  }
  return null;
}
