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

/** What is there in a page and in Node, and not everywhere. */
const GLOBALS = `["AbortController", "Blob", "DecompressionStream", "FinalizationRegistry", "Headers",
  "ReadableStream", "Request", "Response", "TextDecoder", "WebAssembly", "fetch", "performance"]`;

const entriesByKind = {
  "ES module": `await import("salesforce-bulk")`,
  CommonJS: `(await import("node:module")).createRequire(process.cwd() + "/x.js")("salesforce-bulk")`,
};

for (const [kind, load] of Object.entries(entriesByKind)) {
  test(`${kind}: importing looks for nothing that a host may lack`, async () => {
    const looks = `
      const seen = [];
      for (const name of ${GLOBALS}) {
        const { value, get } = Object.getOwnPropertyDescriptor(globalThis, name);
        const found = () => (/salesforce-bulk/.test(new Error().stack) && seen.push(name), get ? get() : value);
        Object.defineProperty(globalThis, name, { get: found, set() {}, configurable: true });
      }
      ${load};
      console.log(JSON.stringify(seen));`;
    assert.deepEqual(await printed(looks), []);
  });
}

test("CSV alone needs no Response, no Blob and no fetch", async () => {
  const program = `
    for (const name of ["Blob", "File", "Response", "Request", "Headers", "fetch", "AbortController"])
      delete globalThis[name];
    const { parseCsv, formatCsv } = await import("salesforce-bulk");
    const rows = await parseCsv("a,b\\n1,2\\n").toArray();
    let written = "";
    for await (const bytes of formatCsv(rows)) written += new TextDecoder().decode(bytes);
    console.log(JSON.stringify({ rows, written }));`;
  const rows = [{ a: "1", b: "2" }];
  assert.deepEqual(await printed(program), { rows, written: "a,b\n1,2\n" });
});

async function printed(program) {
  const args = ["--input-type=module", "--eval", program];
  return JSON.parse(await run(process.execPath, args, { cwd: project.dir, quiet: true }));
}

test("slim without its wasm says what to do", async () => {
  const program = `import { Bulk } from "salesforce-bulk/slim"; ${probe}
    probe().catch((error) => console.log(error.message));`;
  const args = ["--input-type=module", "--eval", program];
  assert.match(await run(process.execPath, args, { cwd: project.dir, quiet: true }), /\binit\b/);
});
