/** No bundler: files as they are in the package, served under a strict policy. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, titleOf } from "../support/chromium.mjs";
import { installPacked } from "../support/pack.mjs";
import { expected, page, pageScript, probeModule } from "./support/probe.mjs";
import { serve } from "./support/serve.mjs";

const module = "./node_modules/salesforce-bulk";

const files = {
  "probe.js": probeModule(`${module}/index.js`),
  "main.js": pageScript,
  "script.html": page("./main.js"),

  "worker.js": `
    import { probe } from "./probe.js";
    probe().then(postMessage, (error) => postMessage(String(error)));`,
  "start-worker.js": `
    const worker = new Worker("./worker.js", { type: "module" });
    worker.onmessage = ({ data }) => { document.title = JSON.stringify(data); };
    worker.onerror = ({ message }) => { document.title = "worker: " + message; };`,
  "worker.html": page("./start-worker.js"),

  "slim-probe.js": probeModule(`${module}/slim.js`),
  "slim.js": `
    import { init } from "${module}/slim.js";
    await init(fetch("${module}/salesforce_bulk.wasm"));
    ${pageScript.replace("./probe.js", "./slim-probe.js")}`,
  "slim.html": page("./slim.js"),
};

let project;
let browser;
let site;
before(async () => {
  [project, browser] = await Promise.all([installPacked(files), launch()]);
  site = await serve(project.dir);
});
after(async () => {
  await browser.close();
  await site.close();
  await project.remove();
});

const pages = {
  "a module script": "script.html",
  "a module worker": "worker.html",
  "slim, which fetches the raw wasm": "slim.html",
};

for (const [name, file] of Object.entries(pages)) {
  test(name, async () => {
    assert.deepEqual(await titleOf(browser, `${site.url}/${file}`), expected);
  });
}
