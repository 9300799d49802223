/** Hosts that compile no wasm while they run, such as Next's edge runtime: their bundler makes a module of the file. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { build } from "esbuild";
import { run } from "../../scripts/lib/run.mjs";
import { installPacked } from "../support/pack.mjs";
import { expected, probe } from "./support/probe.mjs";

const files = {
  "main.mjs": `import { Bulk } from "salesforce-bulk"; ${probe}
    console.log(JSON.stringify(await probe()));`,
};

/** How each asks for the wasm, by the condition it resolves with. */
const requests = {
  "edge-light": "./salesforce_bulk.wasm?module",
  workerd: "./salesforce_bulk.wasm",
};

let project;
before(async () => {
  project = await installPacked(files);
});
after(() => project.remove());

const installed = (name) => project.path(`node_modules/salesforce-bulk/${name}`);

test("the conditions come before those that such hosts know besides", () => {
  const manifest = JSON.parse(readFileSync(installed("package.json"), "utf8"));
  const conditions = Object.keys(manifest.exports["."]);
  assert.deepEqual(conditions, ["workerd", "edge-light", "require", "default"]);
});

for (const [condition, request] of Object.entries(requests)) {
  test(`${condition}: the wasm is asked for as a module, and nothing is inflated`, async () => {
    const asked = [];
    await build({
      entryPoints: [project.path("main.mjs")],
      outfile: project.path(`${condition}.mjs`),
      bundle: true,
      format: "esm",
      conditions: [condition],
      external: ["node:*"],
      plugins: [wasmModules(asked)],
    });
    assert.deepEqual(asked, [request]);
    const text = readFileSync(project.path(`${condition}.mjs`), "utf8");
    assert.doesNotMatch(text, /DecompressionStream/);
    const args = ["--eval", `delete globalThis.DecompressionStream; import("./${condition}.mjs")`];
    const output = await run(process.execPath, args, { cwd: project.dir, quiet: true });
    assert.deepEqual(JSON.parse(output), expected);
  });
}

/** As the hosts' own bundlers do it. */
function wasmModules(asked) {
  const module = `
    import { readFileSync } from "node:fs";
    export default new WebAssembly.Module(readFileSync(${JSON.stringify("PATH")}));`;
  return {
    name: "wasm modules",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /\.wasm(\?module)?$/ }, ({ path }) => {
        asked.push(path);
        return { path, namespace: "wasm" };
      });
      onLoad({ filter: /./, namespace: "wasm" }, () => ({
        contents: module.replace("PATH", installed("salesforce_bulk.wasm")),
      }));
    },
  };
}
