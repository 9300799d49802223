/** Test files of JavaScript, run by Node's own runner. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { counted, nodeCounts } from "./counts.mjs";
import { root } from "./paths.mjs";
import { run } from "./run.mjs";

/**
 * Runs every `*.test.mjs` of a folder; null when there is none.
 *
 * @param {string} folder relative to the repository
 * @param {{ concurrency?: number, env?: Record<string, string>, imports?: string[] }} options `imports` come before a file
 */
export async function runNodeTests(folder, { concurrency, env, imports = [] } = {}) {
  const files = testFiles(join(root, folder));
  if (files.length === 0) return null;
  // A call that hangs is a failure too, not a run without an end.
  const flags = ["--test", "--test-reporter=spec", "--test-timeout=600000"];
  flags.push(...imports.map((path) => `--import=${path}`));
  if (concurrency) flags.push(`--test-concurrency=${concurrency}`);
  return counted(
    run(process.execPath, [...flags, ...files], { env, label: `node --test ${folder}` }),
    nodeCounts,
  );
}

function testFiles(folder) {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(".test.mjs"));
  return names.sort().map((name) => join(folder, name));
}
