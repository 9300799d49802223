/** Clippy on both targets, rustdoc and Biome, where a warning is an error. */
import { join } from "node:path";
import { modules } from "../lib/paths.mjs";
import { run } from "../lib/run.mjs";
import { ensureWasmTarget } from "../tools.mjs";

const strict = ["--", "--deny=warnings"];
const wasm = ["--target=wasm32-unknown-unknown", "--package=salesforce-bulk"];

export default {
  name: "lint",
  async run() {
    await ensureWasmTarget();
    await run("cargo", ["clippy", "--quiet", "--workspace", "--all-targets", ...strict]);
    await run("cargo", ["clippy", "--quiet", ...wasm, "--lib", "--test=wasm", ...strict]);
    await run("cargo", ["doc", "--quiet", "--workspace", "--no-deps"], {
      env: { RUSTDOCFLAGS: "--deny=warnings" },
    });
    await run(join(modules, ".bin", "biome"), ["lint", "--error-on-warnings", "."]);
  },
};
