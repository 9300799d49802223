/** The wasm tests (tests/wasm.rs) in headless Chromium and Firefox, by wasm-pack. */
import { browsers } from "../lib/browsers.mjs";
import { addCounts, counted, rustCounts } from "../lib/counts.mjs";
import { run } from "../lib/run.mjs";
import { ensureWasmTarget, geckodriver, pathWith, wasmBindgen, wasmPack } from "../tools.mjs";

export default {
  name: "browsers",
  async run() {
    await ensureWasmTarget();
    const [, , chromedriver] = await browsers("chromium", "firefox", "chromedriver");
    const tools = [await wasmBindgen(), await wasmPack(), await geckodriver()];
    const env = { PATH: pathWith(...tools) };
    const chromium = await testIn(["--chrome", "--chromedriver", chromedriver], env);
    const firefox = await testIn(["--firefox"], env);
    return addCounts(chromium, firefox);
  },
};

/** `no-install`: wasm-pack shall use the tools that it is given and fetch none. */
function testIn(browser, env) {
  const args = ["test", "--headless", ...browser, "--mode=no-install", "--", "--test=wasm"];
  return counted(run("wasm-pack", args, { env }), rustCounts);
}
