/** pkg/: the package in one file an entry, the wasm, the declarations, and the documents. */
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "./bundle.mjs";
import { lockedVersion } from "./cargo.mjs";
import { replaceFolder } from "./folder.mjs";
import { root, template } from "./paths.mjs";
import { ExpectedError } from "./run.mjs";
import { wasmName } from "./wasm.mjs";

const documents = ["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"];

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
    await bundle(folder, wasm);
    joinTypes(folder);
    copyTypes(folder);
    refuseEval(folder);
  });
}

function copyFiles(pkg, wasm) {
  for (const name of ["package.json", "slim.d.ts"]) cpSync(join(template, name), join(pkg, name));
  cpSync(join(wasm, wasmName), join(pkg, wasmName));
  for (const name of documents.filter((name) => existsSync(root + name))) {
    cpSync(root + name, join(pkg, name));
  }
}

function fillVersion(pkg) {
  const path = join(pkg, "package.json");
  const { name, version: _, ...rest } = JSON.parse(readFileSync(path, "utf8"));
  const filled = { name, version: lockedVersion("salesforce-bulk"), ...rest };
  writeFileSync(path, `${JSON.stringify(filled, null, 2)}\n`);
}

/** types/ is one text in chapters: they ship as one file, in the order of types/index.d.ts. */
function joinTypes(pkg) {
  const folder = join(template, "types");
  const index = readFileSync(join(folder, "index.d.ts"), "utf8");
  const chapters = Array.from(index.matchAll(/"(.+)\.js"/g), ([, name]) => `${name}.d.ts`);
  const text = chapters.map((name) => withoutImports(readFileSync(join(folder, name), "utf8")));
  writeFileSync(join(pkg, "index.d.ts"), [library, ...text].join("\n"));
}

/** What `await using` needs is declared there, in whatever version of the language. */
const library = '/// <reference lib="esnext.disposable" />\n';

/** In one file each name is in reach of all. */
function withoutImports(chapter) {
  return chapter.replace(/^import type [^;]+;\n+/gm, "");
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
