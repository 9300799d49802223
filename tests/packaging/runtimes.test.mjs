/** The other runtimes of JavaScript. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { run } from "../../scripts/lib/run.mjs";
import { installPacked } from "../support/pack.mjs";
import { expected, probe, probeModule } from "./support/probe.mjs";
import { runtime } from "./support/runtimes.mjs";
import { askWorker } from "./support/workerd.mjs";

const files = {
  "main.mjs": `import { parseCsv } from "salesforce-bulk"; ${probe}
    console.log(JSON.stringify(await probe()));`,
  "probe.js": probeModule(),
  "worker.js": `import { probe } from "./probe.js";
    export default { fetch: async () => Response.json(await probe()) };`,
};

/** Deno reads node_modules only when told, and asks for no permission here. */
const commands = {
  deno: ["run", "--node-modules-dir=manual", "--no-prompt", "main.mjs"],
  bun: ["main.mjs"],
};

let project;
before(async () => {
  project = await installPacked(files);
});
after(() => project.remove());

for (const [name, args] of Object.entries(commands)) {
  test(name, async () => {
    const output = await run(await runtime(name), args, { cwd: project.dir, quiet: true });
    assert.deepEqual(JSON.parse(output), expected);
  });
}

test("workerd", async () => {
  assert.deepEqual(await askWorker(project), expected);
});
