/** An extension of Manifest V3: its service worker and a page of its own. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { build } from "esbuild";
import { launchWithExtension, titleOf } from "../support/chromium.mjs";
import { installPacked } from "../support/pack.mjs";
import { expected, page, pageScript, probeModule } from "./support/probe.mjs";

const manifest = {
  manifest_version: 3,
  name: "probe",
  version: "1",
  background: { service_worker: "out/worker.js" },
  content_security_policy: {
    extension_pages: "script-src 'self' 'wasm-unsafe-eval'; object-src 'self'",
  },
};

const files = {
  "manifest.json": JSON.stringify(manifest),
  "probe.js": probeModule(),
  "main.js": pageScript,
  "worker.js": `import { probe } from "./probe.js"; globalThis.probe = probe;`,
  "page.html": page("./out/main.js", "text/javascript"),
};

let project;
let context;
let worker;
before(async () => {
  project = await installPacked(files);
  await bundle(project.dir);
  context = await launchWithExtension(project.path("profile"), project.dir);
  worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
});
after(async () => {
  await context?.close();
  await project?.remove();
});

test("service worker", async () => {
  assert.deepEqual(await worker.evaluate(() => globalThis.probe()), expected);
});

test("page", async () => {
  const url = new URL("/page.html", worker.url()).href;
  assert.deepEqual(await titleOf(context, url), expected);
});

/** A classic service worker is one script: what most extensions ship. */
function bundle(dir) {
  const entries = ["main.js", "worker.js"].map((name) => `${dir}/${name}`);
  return build({ entryPoints: entries, outdir: `${dir}/out`, bundle: true, format: "iife" });
}
