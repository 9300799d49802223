/** The page of the benchmarks, on this machine only, and the outcomes that it sends back. */
import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { build } from "esbuild";
import { ExpectedError } from "../lib/run.mjs";
import { bench } from "./prepare.mjs";

const page = `<!doctype html><meta charset="utf-8"><title>bench</title><link rel="icon" href="data:,">
<script type="module" src="/page.js"></script>`;

/** A page that has crashed says nothing. */
const patience = 20 * 60 * 1000;

export async function serve() {
  const script = await bundled();
  const server = new Server(script);
  await server.listen();
  return server;
}

/** Their streams come with the builds for browsers; what imports them need not know. */
async function bundled() {
  const { outputFiles } = await build({
    absWorkingDir: bench,
    entryPoints: ["./browser/page.mjs"],
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    logLevel: "warning",
    alias: {
      "csv-parse": "csv-parse/browser/esm",
      "csv-stringify": "csv-stringify/browser/esm",
    },
  });
  return outputFiles[0].text;
}

class Server {
  #http;
  #arrived = (_outcome) => {};

  constructor(script) {
    this.#http = createServer(async (request, response) => {
      const path = new URL(request.url ?? "/", "http://localhost").pathname;
      if (path === "/outcome") this.#arrived(JSON.parse(await text(request)));
      const [type, body] = path === "/page.js" ? ["text/javascript", script] : ["text/html", page];
      response.setHeader("content-type", `${type}; charset=utf-8`);
      response.end(body);
    });
  }

  async listen() {
    this.#http.listen(0, "127.0.0.1");
    await once(this.#http, "listening");
  }

  /** Has a browser visit the page with a job; resolves with the table. */
  async tableOf(job, visit) {
    const outcome = new Promise((resolve) => {
      this.#arrived = resolve;
    });
    const leave = await visit(this.#address(job));
    const { table, error } = await Promise.race([outcome, late()]);
    await leave();
    if (error) throw new ExpectedError(error);
    return table;
  }

  #address(job) {
    const { port } = /** @type {import("node:net").AddressInfo} */ (this.#http.address());
    return `http://127.0.0.1:${port}/?${encodeURIComponent(JSON.stringify(job))}`;
  }

  close() {
    this.#http.close();
    this.#http.closeAllConnections();
  }
}

function late() {
  return setTimeout(patience, { error: "The page has not answered in time" }, { ref: false });
}
