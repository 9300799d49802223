/** Cargo: build, and learn where it put the result (whatever CARGO_TARGET_DIR says). */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "./paths.mjs";
import { ask, ExpectedError } from "./run.mjs";

/**
 * Builds and resolves with the paths of everything that came out.
 *
 * @param {string[]} args of `cargo build`
 * @returns {Promise<string[]>}
 */
export function cargoBuild(args) {
  const child = spawn("cargo", ["build", "--message-format=json-render-diagnostics", ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let messages = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    messages += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", () =>
      reject(new ExpectedError("cargo is not here: https://rustup.rs installs it")),
    );
    child.on("close", (code) =>
      code === 0
        ? resolve(artifacts(messages))
        : reject(new ExpectedError(`cargo build ${args.join(" ")} failed`)),
    );
  });
}

function artifacts(messages) {
  return messages
    .split("\n")
    .filter((line) => line.startsWith('{"reason":"compiler-artifact"'))
    .flatMap((line) => {
      const { filenames, executable } = JSON.parse(line);
      return executable ? [executable, ...filenames] : filenames;
    });
}

/** Where cargo keeps the sources of the packages that are not this repository's. */
export async function registryFolders() {
  const args = ["metadata", "--format-version=1", "--filter-platform=wasm32-unknown-unknown"];
  const metadata = await ask("cargo", args);
  if (metadata === null) throw new ExpectedError(`cargo ${args.join(" ")} failed`);
  const foreign = JSON.parse(metadata).packages.filter(({ source }) => source !== null);
  return [...new Set(foreign.map(({ manifest_path }) => dirname(dirname(manifest_path))))];
}

/** Where the sources of the standard library are, if they are installed. */
export async function standardLibrary() {
  const toolchain = (await ask("rustc", ["--print=sysroot"])) ?? "";
  return join(toolchain, "lib", "rustlib", "src", "rust");
}

/** The version of a package in Cargo.lock. */
export function lockedVersion(name) {
  const lock = readFileSync(`${root}Cargo.lock`, "utf8");
  const found = lock.match(new RegExp(`name = "${name}"\\nversion = "([^"]+)"`));
  if (!found) throw new ExpectedError(`Cargo.lock has no ${name}`);
  return found[1];
}

/** `cargo nextest` where it is installed. */
export async function hasNextest() {
  return (await ask("cargo", ["nextest", "--version"])) !== null;
}
