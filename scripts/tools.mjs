/**
 * The programs that are neither npm packages nor part of Rust: each in exactly the version that
 * the lock file or the table below names, from PATH, else from a cache of this user, else built.
 */
import { existsSync, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { lockedVersion } from "./lib/cargo.mjs";
import { ask, ExpectedError, run } from "./lib/run.mjs";

const cache = join(
  process.env.XDG_CACHE_HOME || join(homedir(), ".cache"),
  "salesforce-bulk",
  "tools",
);
const exe = process.platform === "win32" ? ".exe" : "";

/** wasm-bindgen refuses a module made with another version of itself. */
export const wasmBindgen = () =>
  tool("wasm-bindgen-cli", lockedVersion("wasm-bindgen"), "wasm-bindgen");
export const wasmPack = () => tool("wasm-pack", "0.15.1", "wasm-pack", ["--locked"]);
export const geckodriver = () => tool("geckodriver", "0.37.1", "geckodriver");

/**
 * The folder that holds `program`, or "" when PATH already leads to it.
 *
 * wasm-bindgen-cli is built without its lock file: that one names a version of webpki-roots which
 * has been withdrawn.
 */
async function tool(crate, version, program, flags = []) {
  if (await isVersion(program, version)) return "";
  const home = join(cache, `${crate}-${version}`);
  const bin = join(home, "bin");
  if (await isVersion(join(bin, program), version)) return bin;
  console.log(`Building ${crate} ${version} into ${home}: this takes some minutes, once …`);
  mkdirSync(home, { recursive: true });
  await run("cargo", ["install", crate, "--version", version, "--root", home, "--force", ...flags]);
  return bin;
}

async function isVersion(program, version) {
  const said = await ask(program + exe, ["--version"]);
  return said?.split(/\s+/).includes(version) ?? false;
}

/** PATH with these folders before all others. */
export function pathWith(...folders) {
  return [...folders.filter(Boolean), process.env.PATH].join(delimiter);
}

/** Makes sure that Rust can compile to wasm. */
export async function ensureWasmTarget() {
  const target = "wasm32-unknown-unknown";
  const library = await ask("rustc", ["--print", "target-libdir", "--target", target]);
  if (library && existsSync(library)) return;
  console.log(`Adding the Rust target ${target} …`);
  try {
    await run("rustup", ["target", "add", target]);
  } catch (cause) {
    throw new ExpectedError(`Rust has no ${target}: install Rust by https://rustup.rs`, { cause });
  }
}
