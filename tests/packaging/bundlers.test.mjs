/** Bundlers without any configuration: what they make runs in Chromium under a strict policy. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import nodeResolve from "@rollup/plugin-node-resolve";
import * as esbuild from "esbuild";
import { rollup } from "rollup";
import * as vite from "vite";
import webpack from "webpack";
import { launch, titleOf } from "../support/chromium.mjs";
import { installPacked } from "../support/pack.mjs";
import { expected, page, pageScript, probeModule } from "./support/probe.mjs";
import { serve } from "./support/serve.mjs";

const quietVite = { configFile: false, logLevel: "error" };

/** Each bundles `main.js` of the project into `<out>/main.js`, or makes the whole page. */
const bundlers = {
  "esbuild, esm": (dir, out) => bundleByEsbuild(dir, out, "esm"),
  "esbuild, iife": (dir, out) => bundleByEsbuild(dir, out, "iife"),
  "Rollup, esm": bundleByRollup,
  webpack: bundleByWebpack,
  "Vite, build": (dir, out) =>
    vite.build({ root: dir, ...quietVite, build: { outDir: out, minify: true } }),
};

let project;
let browser;
before(async () => {
  const files = {
    "probe.js": probeModule(),
    "main.js": pageScript,
    "index.html": page("./main.js"),
  };
  [project, browser] = await Promise.all([installPacked(files), launch()]);
});
after(async () => {
  await browser.close();
  await project.remove();
});

for (const [name, bundle] of Object.entries(bundlers)) {
  test(name, async () => {
    const out = project.path(name.replace(/\W+/g, "-"));
    await mkdir(out);
    if (!name.startsWith("Vite")) await writeFile(join(out, "index.html"), page("./main.js"));
    await bundle(project.dir, out);
    await runs(out);
  });
}

test("Vite, development server", async () => {
  const server = await vite.createServer({ root: project.dir, ...quietVite, server: { port: 0 } });
  await server.listen();
  try {
    assert.deepEqual(await titleOf(browser, server.resolvedUrls.local[0]), expected);
  } finally {
    await server.close();
  }
});

/** More would be the wasm, or its frame. webpack keeps what classes with members by symbols call. */
const MOST_BYTES = 8192;

for (const [name, bundle] of Object.entries(bundlers).filter(([name]) => !/iife/.test(name))) {
  test(`${name}: isBulkError alone leaves all else out`, async () => {
    const dir = project.path(`alone-${name.replace(/\W+/g, "-")}`);
    const out = join(dir, "out");
    await mkdir(out, { recursive: true });
    await writeFile(join(dir, "main.js"), ALONE);
    await writeFile(join(dir, "index.html"), page("./main.js"));
    await bundle(dir, out);
    const scripts = readdirSync(out, { recursive: true }).filter((file) => file.endsWith(".js"));
    assert.equal(scripts.length, 1);
    const { code } = await esbuild.transform(readFileSync(join(out, scripts[0]), "utf8"), {
      minify: true,
    });
    assert.ok(code.length <= MOST_BYTES, `${code.length} bytes: ${code.slice(0, 2000)}`);
  });
}

const ALONE = `import { isBulkError } from "salesforce-bulk"; globalThis.told = isBulkError(1);`;

async function runs(folder) {
  const site = await serve(folder);
  try {
    assert.deepEqual(await titleOf(browser, site.url), expected);
  } finally {
    await site.close();
  }
}

function bundleByEsbuild(dir, out, format) {
  const entry = { entryPoints: [join(dir, "main.js")], outdir: out };
  return esbuild.build({ ...entry, absWorkingDir: dir, bundle: true, format, logLevel: "error" });
}

async function bundleByRollup(dir, out) {
  const bundle = await rollup({ input: join(dir, "main.js"), plugins: [nodeResolve()] });
  await bundle.write({ dir: out, format: "es" });
  await bundle.close();
}

/** webpack tells what went wrong in three ways. */
function bundleByWebpack(dir, out) {
  const settings = { mode: "production", context: dir, entry: "./main.js" };
  const compiler = webpack({ ...settings, output: { path: out, filename: "main.js" } });
  return new Promise((resolve, reject) => {
    compiler.run((error, stats) => {
      const wrong = error ?? (stats.hasErrors() ? new Error(stats.toString("errors-only")) : null);
      compiler.close((late) => (wrong || late ? reject(wrong ?? late) : resolve()));
    });
  });
}
