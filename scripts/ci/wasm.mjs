/** The wasm tests (tests/wasm.rs) in Node. */
import { counted, rustCounts } from "../lib/counts.mjs";
import { run } from "../lib/run.mjs";
import { ensureWasmTarget, pathWith, wasmBindgen } from "../tools.mjs";

export default {
  name: "wasm",
  async run() {
    await ensureWasmTarget();
    const env = { PATH: pathWith(await wasmBindgen()) };
    const args = ["--target=wasm32-unknown-unknown", "--package=salesforce-bulk", "--test=wasm"];
    return counted(run("cargo", ["test", ...args], { env }), rustCounts);
  },
};
