/**
 * The wasm tests (tests/wasm.rs) in headless browsers: by wasm-pack in windows of Chromium and
 * Firefox, and in the two kinds of worker, where there is no window to rely on.
 */
import { browsers } from "../lib/browsers.mjs";
import { addCounts, counted, rustCounts } from "../lib/counts.mjs";
import { run } from "../lib/run.mjs";
import { ensureWasmTarget, geckodriver, pathWith, wasmBindgen, wasmPack } from "../tools.mjs";

/** `no-install`: wasm-pack shall use the tools that it is given and fetch none. */
const pack = ["test", "--headless", "--chrome", "--firefox", "--mode=no-install"];
const cargo = ["test", "--target=wasm32-unknown-unknown", "--package=salesforce-bulk"];

export default {
  name: "browsers",
  async run() {
    await ensureWasmTarget();
    const [, , CHROMEDRIVER] = await browsers("chromium", "firefox", "chromedriver");
    const PATH = pathWith(await wasmBindgen(), await wasmPack(), await geckodriver());
    return addCounts(
      await inWindows({ PATH, CHROMEDRIVER }),
      await inWorker("DEDICATED", { PATH, CHROMEDRIVER }),
      await inWorker("SERVICE", { PATH, CHROMEDRIVER }),
    );
  },
};

/** Without the variable the runner passes over tests that do not themselves ask for a browser. */
function inWindows(tools) {
  const args = [...pack, "--chromedriver", tools.CHROMEDRIVER, "--", "--test=wasm"];
  const env = { ...tools, WASM_BINDGEN_USE_BROWSER: "1" };
  return counted(run("wasm-pack", args, { env }), rustCounts);
}

function inWorker(kind, tools) {
  const env = { ...tools, [`WASM_BINDGEN_USE_${kind}_WORKER`]: "1" };
  return counted(run("cargo", [...cargo, "--test=wasm"], { env }), rustCounts);
}
