/** Rust → wasm and its glue, in dist/wasm. The slow steps are skipped when the input is the same. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { zlibAsync } from "@gfx/zopfli";
import { ensureWasmTarget, wasmBindgen } from "../tools.mjs";
import { cargoBuild, lockedVersion, registryFolders, standardLibrary } from "./cargo.mjs";
import { replaceFolder } from "./folder.mjs";
import { withOrder } from "./function-order.mjs";
import { withShortNames } from "./glue-names.mjs";
import { dist, modules } from "./paths.mjs";
import { ExpectedError, run } from "./run.mjs";

/** What the module is called where it is shipped. */
export const wasmName = "salesforce_bulk.wasm";

/**
 * What is hot is compiled for speed by Cargo.toml; all else is for size. Nothing lies in the first kilobyte of the memory,
 * so that small offsets can be folded. Code in a flat form shows more that is there twice; and compression likes a
 * function better than its body in the one place where it is called.
 */
const optimise = [
  "--low-memory-unused",
  "--flatten",
  "--rereloop",
  "-Oz",
  "--one-caller-inline-max-function-size=30",
  "-Oz",
  "--minify-imports-and-exports-and-modules",
];

/** Compression also likes functions beside those that are like them: function-order.mjs names them by their places. */
const reorder = ["--reorder-functions-by-name", "--strip-debug", "--strip-target-features"];

/**
 * `--omit-default-module-path` leaves no `import.meta` in the glue, so that it can be bundled for
 * CommonJS and no bundler looks for a file of its own accord.
 */
const bindgen = [
  "--target=web",
  "--omit-default-module-path",
  "--remove-name-section",
  "--remove-producers-section",
  "--out-name=glue",
];

/** What the glue returns are copies, in buffers of their own: nobody shares them. */
const bytesReturned = /\): Uint8Array\b/g;

/**
 * Compiles, binds and optimises; resolves with the folder of `glue.js`, `bytes.js` and the wasm.
 *
 * @param {string} [features] of the crate
 */
export async function buildWasm(features = "") {
  await ensureWasmTarget();
  const out = join(dist, ["wasm", ...features.split(",").filter(Boolean)].join("-"));
  const compiled = await compile(features);
  const input = fingerprint(compiled);
  if (recorded(out) === input) return out;
  await replaceFolder(out, async (folder) => {
    await bind(compiled, folder);
    await shrink(folder);
    await writeBytes(folder);
    writeFileSync(join(folder, "input"), input);
  });
  return out;
}

async function compile(features) {
  const made = await cargoBuild([
    "--package=salesforce-bulk",
    "--lib",
    "--release",
    "--target=wasm32-unknown-unknown",
    `--features=${features}`,
    ...(await withoutPaths()),
  ]);
  const wasm = made.find((path) => path.endsWith(wasmName));
  if (!wasm) throw new ExpectedError("cargo made no wasm: is the crate still a cdylib?");
  return wasm;
}

/** A panic names the file it is in: not by where that lies on the machine of the build. */
async function withoutPaths() {
  const folders = [...(await registryFolders()), await standardLibrary()];
  const flags = folders.map((folder) => `--remap-path-prefix=${folder}=rust`);
  return [`--config=target.wasm32-unknown-unknown.rustflags=${JSON.stringify(flags)}`];
}

function fingerprint(wasm) {
  const settings = JSON.stringify([
    bindgen,
    `${bytesReturned}`,
    optimise,
    reorder,
    readFileSync(new URL("./function-order.mjs", import.meta.url), "utf8"),
    lockedVersion("wasm-bindgen"),
  ]);
  return createHash("sha256").update(readFileSync(wasm)).update(settings).digest("hex");
}

function recorded(out) {
  const file = join(out, "input");
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}

async function bind(wasm, out) {
  const bin = await wasmBindgen();
  await run(join(bin, "wasm-bindgen"), [wasm, `--out-dir=${out}`, ...bindgen]);
  const types = join(out, "glue.d.ts");
  const text = readFileSync(types, "utf8");
  writeFileSync(types, text.replace(bytesReturned, "$&<ArrayBuffer>"));
}

/** No feature flags: wasm-opt reads the module's own, and `-all` makes one that engines refuse. */
async function shrink(out) {
  const bound = join(out, "glue_bg.wasm");
  const wasm = join(out, wasmName);
  const names = await wasmOpt(optimise, bound, wasm);
  writeFileSync(bound, withOrder(readFileSync(wasm)));
  await wasmOpt(reorder, bound, wasm);
  const glue = join(out, "glue.js");
  writeFileSync(glue, withShortNames(readFileSync(glue, "utf8"), names));
  rmSync(bound);
}

/** Resolves with what it prints. */
function wasmOpt(passes, from, to) {
  const program = join(modules, "binaryen", "bin", "wasm-opt");
  return run(process.execPath, [program, ...passes, from, "-o", to], { quiet: true });
}

/**
 * Compressed first: base64 hides from gzip what it could save, and costs a page a third more. Zopfli takes seconds,
 * and makes the same format five per cent smaller.
 */
async function writeBytes(out) {
  const wasm = readFileSync(join(out, wasmName));
  const deflated = await zlibAsync(wasm, { numiterations: 30, blocksplittingmax: 60 });
  const base64 = Buffer.from(deflated).toString("base64");
  writeFileSync(join(out, "bytes.js"), `export default "${base64}";\n`);
}
