/** The other runtimes of JavaScript. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { run } from "../../scripts/lib/run.mjs";
import { installPacked } from "../support/pack.mjs";
import { expected, probe, probeModule } from "./support/probe.mjs";
import { findRuntime } from "./support/runtimes.mjs";
import { askWorker } from "./support/workerd.mjs";

const files = {
  "main.mjs": `import { Bulk } from "salesforce-bulk"; ${probe}
    console.log(JSON.stringify(await probe()));`,
  "probe.js": probeModule(),
  "worker.js": `import { probe } from "./probe.js";
    export default { fetch: async () => Response.json(await probe()) };`,
};

/** How each is asked for the rows. Deno reads node_modules only when told, and may ask nobody here. */
const runtimes = {
  deno: (program) =>
    printed(program, ["run", "--node-modules-dir=manual", "--no-prompt", "main.mjs"]),
  bun: (program) => printed(program, ["main.mjs"]),
  workerd: (program) => askWorker(program, project, "2026-01-01"),
  // It did not know yet how a request is kept out of caches.
  "workerd of 2024": (program) => askWorker(program, project, "2024-01-01"),
};

let project;
before(async () => {
  project = await installPacked(files);
});
after(() => project.remove());

for (const [name, rows] of Object.entries(runtimes)) {
  const [runtime] = name.split(" ");
  const program = await findRuntime(runtime);
  test(name, { skip: program ? false : `${runtime} is not on PATH` }, async () => {
    assert.deepEqual(await rows(program), expected);
  });
}

async function printed(program, args) {
  return JSON.parse(await run(program, args, { cwd: project.dir, quiet: true }));
}
