/** pkg/: the hand-written template, the generated wasm, CommonJS twins, and the documents. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { lockedVersion } from "./cargo.mjs";
import { pkg, root, template } from "./paths.mjs";
import { ExpectedError } from "./run.mjs";
import { wasmName } from "./wasm.mjs";

const documents = ["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"];
/** The entries that `require` can load too. */
const entries = ["index", "slim"];

/** Lays out pkg/ from the template and the folder that `buildWasm` made. */
export async function assemble(wasm) {
  if (!existsSync(join(template, "package.json"))) {
    throw new ExpectedError(
      "pkg-template/package.json is not there: nothing to build around the wasm",
    );
  }
  rmSync(pkg, { recursive: true, force: true });
  mkdirSync(pkg);
  cpSync(template, pkg, { recursive: true });
  for (const name of ["glue.js", "bytes.js", wasmName]) cpSync(join(wasm, name), join(pkg, name));
  for (const name of documents.filter((name) => existsSync(root + name))) {
    cpSync(root + name, join(pkg, name));
  }
  fillVersion();
  await bundleForRequire();
  copyTypes();
  refuseEval();
}

function fillVersion() {
  const path = join(pkg, "package.json");
  const manifest = JSON.parse(readFileSync(path, "utf8"));
  const { name, version: _, ...rest } = manifest;
  const filled = { name, version: lockedVersion("salesforce-bulk"), ...rest };
  writeFileSync(path, `${JSON.stringify(filled, null, 2)}\n`);
}

async function bundleForRequire() {
  await build({
    entryPoints: entries.map((name) => join(pkg, `${name}.js`)),
    outdir: pkg,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    format: "cjs",
    platform: "neutral",
    logLevel: "warning",
  });
}

/** The same declarations, for `require`: TypeScript decides by the extension what they describe. */
function copyTypes() {
  for (const path of filesOf(pkg, /\.d\.ts$/)) {
    const text = readFileSync(path, "utf8");
    const twin = text.replace(/((?:from|import\() ?["']\.{1,2}\/[^"']+)\.js(["'])/g, "$1.cjs$2");
    writeFileSync(path.replace(/\.d\.ts$/, ".d.cts"), twin);
  }
}

/** Extensions and strict pages forbid both; a dependency could bring one in unseen. */
function refuseEval() {
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
