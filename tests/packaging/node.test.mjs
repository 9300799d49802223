/** Node: every way in which a module is loaded there. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { run } from "../../scripts/lib/run.mjs";
import { installPacked } from "../support/pack.mjs";
import { expected, probe } from "./support/probe.mjs";

const print = "probe().then((rows) => console.log(JSON.stringify(rows)))";
const wasm = `readFileSync(require.resolve("salesforce-bulk/salesforce_bulk.wasm"))`;

const programs = {
  "ES module": ["esm.mjs", `import { Bulk } from "salesforce-bulk"; ${probe} await ${print};`],
  "CommonJS, require": [
    "cjs.cjs",
    `const { Bulk } = require("salesforce-bulk"); ${probe} ${print};`,
  ],
  "CommonJS, dynamic import": [
    "dynamic.cjs",
    `import("salesforce-bulk").then(({ Bulk }) => { ${probe} return ${print}; });`,
  ],
  "ES module, slim with the raw wasm": [
    "slim.mjs",
    `import { readFileSync } from "node:fs";
     import { createRequire } from "node:module";
     import { init, Bulk } from "salesforce-bulk/slim";
     const require = createRequire(import.meta.url);
     ${probe}
     await init(${wasm});
     await ${print};`,
  ],
  "CommonJS, slim with the raw wasm": [
    "slim.cjs",
    `const { readFileSync } = require("node:fs");
     const { init, Bulk } = require("salesforce-bulk/slim");
     ${probe}
     init(${wasm}).then(() => ${print});`,
  ],
};

let project;
before(async () => {
  project = await installPacked(Object.fromEntries(Object.values(programs)));
});
after(() => project.remove());

for (const [name, [file]] of Object.entries(programs)) {
  test(name, async () => {
    const output = await run(process.execPath, [file], { cwd: project.dir, quiet: true });
    assert.deepEqual(JSON.parse(output), expected);
  });
}

test("slim without its wasm says what to do", async () => {
  const program = `import { Bulk } from "salesforce-bulk/slim"; ${probe}
    probe().catch((error) => console.log(error.message));`;
  const args = ["--input-type=module", "--eval", program];
  assert.match(await run(process.execPath, args, { cwd: project.dir, quiet: true }), /\binit\b/);
});
