/** Deno, Bun and workerd from npm. Their install scripts may not have run: look in both places. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureInstalled } from "../../../scripts/lib/npm.mjs";
import { ask } from "../../../scripts/lib/run.mjs";

const home = fileURLToPath(new URL("../runtimes", import.meta.url));

/** For each runtime the scope of its packages, one a platform, and where those hold the program. */
const places = {
  deno: ["@deno", ["deno", "deno.exe"]],
  bun: ["@oven", ["bin/bun", "bin/bun.exe"]],
  workerd: ["@cloudflare", ["bin/workerd", "bin/workerd.exe"]],
};

/** The path of a runtime that works on this machine. */
export async function runtime(name) {
  ensureInstalled(home);
  for (const path of candidates(...places[name])) {
    if ((await ask(path, ["--version"])) !== null) return path;
  }
  throw new Error(`npm has no ${name} for this machine`);
}

function candidates(scope, programs) {
  const modules = join(home, "node_modules");
  const packages = readdirSync(join(modules, scope)).map((name) => join(modules, scope, name));
  // Bun's install script moves the program out of the platform's package.
  return [...packages, join(modules, "bun")].flatMap((folder) =>
    programs.map((program) => join(folder, program)),
  );
}
