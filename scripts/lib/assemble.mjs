/** pkg/: the hand-written template, the generated wasm, CommonJS twins, and the documents. */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { lockedVersion } from "./cargo.mjs";
import { replaceFolder } from "./folder.mjs";
import { root, template } from "./paths.mjs";
import { ExpectedError } from "./run.mjs";
import { stampsModule } from "./stamps.mjs";
import { wasmName } from "./wasm.mjs";

const documents = ["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"];
/** The entries that `require` can load too. */
const entries = ["index", "slim"];

/**
 * Lays out the package in `pkg`.
 *
 * @param {string} pkg
 * @param {string} wasm the folder that `buildWasm` made
 */
export async function assemble(pkg, wasm) {
  if (!existsSync(join(template, "package.json"))) {
    throw new ExpectedError("pkg-template/package.json is missing: the wasm has no package");
  }
  await replaceFolder(pkg, async (folder) => {
    copyFiles(folder, wasm);
    fillVersion(folder);
    await bundleForRequire(folder);
    joinTypes(folder);
    copyTypes(folder);
    refuseEval(folder);
  });
}

function copyFiles(pkg, wasm) {
  cpSync(template, pkg, { recursive: true });
  for (const name of ["bytes.js", wasmName]) cpSync(join(wasm, name), join(pkg, name));
  writeFileSync(join(pkg, "lib", "stamps.js"), stampsModule());
  copyGlue(pkg, wasm);
  for (const name of documents.filter((name) => existsSync(root + name))) {
    cpSync(root + name, join(pkg, name));
  }
}

/** With a `queueMicrotask` of our own in place of the global: lib/microtask.js says why. */
function copyGlue(pkg, wasm) {
  const glue = readFileSync(join(wasm, "glue.js"), "utf8");
  const shadow = 'import { queueMicrotask } from "./lib/microtask.js";\n';
  writeFileSync(join(pkg, "glue.js"), shadow + glue);
}

function fillVersion(pkg) {
  const path = join(pkg, "package.json");
  const { name, version: _, ...rest } = JSON.parse(readFileSync(path, "utf8"));
  const filled = { name, version: lockedVersion("salesforce-bulk"), ...rest };
  writeFileSync(path, `${JSON.stringify(filled, null, 2)}\n`);
}

async function bundleForRequire(pkg) {
  await build({
    entryPoints: entries.map((name) => join(pkg, `${name}.js`)),
    outdir: pkg,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    format: "cjs",
    platform: "neutral",
    logLevel: "warning",
    // What the JavaScript calls and the wasm does not export would fail only when it is called.
    logOverride: { "import-is-undefined": "error" },
  });
}

/** types/ is one text in chapters: they ship as one file, where each name is in reach of all. */
function joinTypes(pkg) {
  const folder = join(pkg, "types");
  if (!existsSync(folder)) return;
  const chapters = readdirSync(folder).sort(byChapter);
  const text = chapters.map((name) => readFileSync(join(folder, name), "utf8")).join("\n");
  writeFileSync(join(pkg, "index.d.ts"), text);
  rmSync(folder, { recursive: true });
}

/** The class that a reader looks for first comes first. */
function byChapter(a, b) {
  const first = (name) => Number(name === "bulk.d.ts");
  return first(b) - first(a) || a.localeCompare(b);
}

/** The same declarations, for `require`: TypeScript decides by the extension what they describe. */
function copyTypes(pkg) {
  for (const path of filesOf(pkg, /\.d\.ts$/)) {
    const text = readFileSync(path, "utf8");
    const twin = text.replace(/((?:from|import\() ?["']\.{1,2}\/[^"']+)\.js(["'])/g, "$1.cjs$2");
    writeFileSync(path.replace(/\.d\.ts$/, ".d.cts"), twin);
  }
}

/** Extensions and strict pages forbid both; a dependency could bring one in unseen. */
function refuseEval(pkg) {
  for (const path of filesOf(pkg, /\.c?js$/)) {
    const found = readFileSync(path, "utf8").match(/\beval\s*\(|\bnew\s+Function\b/);
    if (found) throw new ExpectedError(`${path} contains ${found[0]}`);
  }
}

function filesOf(folder, pattern) {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => pattern.test(name))
    .map((name) => join(folder, name));
}
