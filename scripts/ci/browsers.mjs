/** The wasm tests (tests/wasm.rs) in headless Chromium and Firefox, by wasm-pack. */
import { browsers } from "../lib/browsers.mjs";
import { counted, rustCounts } from "../lib/counts.mjs";
import { run } from "../lib/run.mjs";
import { ensureWasmTarget, geckodriver, pathWith, wasmBindgen, wasmPack } from "../tools.mjs";

/** `no-install`: wasm-pack shall use the tools that it is given and fetch none. */
const args = ["test", "--headless", "--chrome", "--firefox", "--mode=no-install"];

export default {
  name: "browsers",
  async run() {
    await ensureWasmTarget();
    const [, , chromedriver] = await browsers("chromium", "firefox", "chromedriver");
    const env = {
      PATH: pathWith(await wasmBindgen(), await wasmPack(), await geckodriver()),
      // Without it the runner passes over tests that do not themselves ask for a browser.
      WASM_BINDGEN_USE_BROWSER: "1",
    };
    const driver = ["--chromedriver", chromedriver];
    return counted(
      run("wasm-pack", [...args, ...driver, "--", "--test=wasm"], { env }),
      rustCounts,
    );
  },
};
