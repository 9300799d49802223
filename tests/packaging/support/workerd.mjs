/** A worker as Wrangler ships it: bundled under the condition `workerd`, its wasm a file beside it. */
import { spawn } from "node:child_process";
import { copyFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { setTimeout } from "node:timers/promises";
import { build } from "esbuild";

const wasm = "salesforce_bulk.wasm";

const config = (port, compatibilityDate) => `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .probe)],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const probe :Workerd.Worker = (
  modules = [
    (name = "worker.js", esModule = embed "out.js"),
    (name = "${wasm}", wasm = embed "${wasm}"),
  ],
  compatibilityDate = "${compatibilityDate}",
);
`;

/**
 * Runs `worker.js` of the project in workerd, asks it once, and resolves with its answer.
 *
 * @param {string} compatibilityDate how workerd behaves: as it did at this day
 */
export async function askWorker(workerd, project, compatibilityDate) {
  const port = await freePort();
  await bundle(project);
  await writeFile(project.path("config.capnp"), config(port, compatibilityDate));
  const child = spawn(workerd, ["serve", project.path("config.capnp")], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  try {
    const response = await ready(`http://127.0.0.1:${port}`);
    return await response.json();
  } finally {
    child.kill();
  }
}

async function bundle({ path }) {
  const installed = path(`node_modules/salesforce-bulk/${wasm}`);
  await copyFile(installed, path(wasm));
  await build({
    entryPoints: [path("worker.js")],
    outfile: path("out.js"),
    bundle: true,
    format: "esm",
    conditions: ["workerd"],
    external: ["*.wasm"],
  });
}

async function ready(url, attempts = 100) {
  try {
    return await fetch(url);
  } catch (error) {
    if (attempts === 0) throw error;
    await setTimeout(50);
    return ready(url, attempts - 1);
  }
}

function freePort() {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
