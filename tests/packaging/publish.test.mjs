/** The tarball as the registry's readers and TypeScript see it. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import ts from "typescript";
import { modules } from "../../scripts/lib/paths.mjs";
import { run } from "../../scripts/lib/run.mjs";
import { latestTarball } from "../../scripts/lib/tarball.mjs";
import { installPacked } from "../support/pack.mjs";

const entries = ["salesforce-bulk", "salesforce-bulk/slim"];
const declarations = { "salesforce-bulk": "index.d.ts", "salesforce-bulk/slim": "slim.d.ts" };

let project;
before(async () => {
  project = await installPacked();
});
after(() => project.remove());

/** The wasm itself has no types. */
const untyped = ["--exclude-entrypoints", "salesforce_bulk.wasm"];

test("are the types wrong?", () =>
  run(bin("attw"), [latestTarball(), ...untyped], { quiet: true }));

test("publint", () => run(bin("publint"), ["run", latestTarball(), "--strict"], { quiet: true }));

test("nothing is installed or run beside it", () => {
  const manifest = JSON.parse(readFileSync(installed("package.json"), "utf8"));
  for (const key of ["dependencies", "peerDependencies", "optionalDependencies", "scripts"]) {
    assert.equal(manifest[key], undefined, key);
  }
});

for (const entry of entries) {
  test(`${entry} exports what its types declare`, async () => {
    const declared = valuesOf(installed(declarations[entry]));
    assert.deepEqual(await keysOf(`import * as it from "${entry}";`, "module"), declared);
    assert.deepEqual(await keysOf(`const it = require("${entry}");`, "commonjs"), declared);
  });
}

test("the declarations of slim itself need no DOM and no WebAssembly", () => {
  const path = installed("slim.d.ts");
  const program = ts.createProgram([path], { lib: ["lib.es2023.d.ts"], types: [], strict: true });
  const complaints = program.getSemanticDiagnostics(program.getSourceFile(path));
  assert.deepEqual(
    complaints.map(({ messageText }) => messageText),
    [],
  );
});

const bin = (name) => join(modules, ".bin", name);
const installed = (name) => project.path(join("node_modules", "salesforce-bulk", name));

async function keysOf(load, type) {
  const program = `${load} console.log(JSON.stringify(Object.keys(it).sort()))`;
  const args = [`--input-type=${type}`, "--eval", program];
  return JSON.parse(await run(process.execPath, args, { cwd: project.dir, quiet: true }));
}

/** The names that a declaration file exports and that exist when the program runs. */
function valuesOf(path) {
  const program = ts.createProgram([path], { module: ts.ModuleKind.NodeNext });
  const checker = program.getTypeChecker();
  const file = checker.getSymbolAtLocation(program.getSourceFile(path));
  const isValue = (symbol) => target(checker, symbol).flags & ts.SymbolFlags.Value;
  return checker
    .getExportsOfModule(file)
    .filter(isValue)
    .map(({ name }) => name)
    .sort();
}

function target(checker, symbol) {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}
