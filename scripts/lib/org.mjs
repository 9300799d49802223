/** The org's server: build it, start it, stop it. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { cargoBuild } from "./cargo.mjs";
import { root } from "./paths.mjs";
import { ExpectedError } from "./run.mjs";

/**
 * @typedef {object} OrgOptions
 * @property {number | string} [port] 0, the default, takes a free one
 * @property {number | string} [contacts] how many contacts to seed
 * @property {string} [www] a folder to serve as pages
 * @property {string} [cors] the mode of CORS
 * @property {boolean} [tls] serve TLS too, on a free port; see `tlsUrl` and `caFile`
 * @property {string[]} [args] more arguments of the server
 */

/** @type {Promise<string> | undefined} */
let built;

/** The path of the server's program; compiled at the first call. */
function buildOrg() {
  built ??= cargoBuild(["--package=salesforce-bulk-org", "--bins"]).then((made) => {
    const program = made.find((path) => /^salesforce-bulk-org(\.exe)?$/.test(basename(path)));
    if (!program) throw new ExpectedError("cargo made no program salesforce-bulk-org");
    return program;
  });
  return built;
}

/**
 * Starts a server and resolves once it listens. It ends with this process, however that ends:
 * it watches its standard input.
 *
 * @param {OrgOptions} [options]
 */
export async function startOrgServer({ tls = false, ...options } = {}) {
  const program = await buildOrg();
  const folder = tls ? mkdtempSync(join(tmpdir(), "salesforce-bulk-ca-")) : null;
  const caFile = folder && join(folder, "ca.pem");
  const args = serverArguments(options, caFile);
  const child = spawn(program, args, { cwd: root, stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const urls = await listening(child, args.includes("--tls-port") ? 2 : 1);
  return {
    urls,
    url: urls.find((url) => url.startsWith("http:")),
    tlsUrl: urls.find((url) => url.startsWith("https:")),
    caFile,
    ended,
    async stop() {
      child.kill();
      await ended;
      if (folder) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** @param {OrgOptions} options @param {string | null} caFile */
function serverArguments({ port = 0, contacts, www, cors, args = [] }, caFile) {
  const given = { "--port": port, "--contacts": contacts, "--www": www, "--cors": cors };
  const tls = caFile ? ["--tls-port", "0", "--ca-file", caFile] : [];
  const pairs = Object.entries(given).filter(([, value]) => value !== undefined);
  return [...pairs.flat().map(String), ...tls, ...args, "--exit-with-stdin"];
}

/**
 * Resolves with the URLs of its first `count` lines `listening on <url>…`.
 *
 * @returns {Promise<string[]>}
 */
function listening(child, count) {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (part) => {
      text += part;
      const urls = Array.from(text.matchAll(/^listening on ([^\s,]+).*\n/gm), ([, url]) => url);
      if (urls.length >= count) resolve(urls);
    });
    child.once("error", reject);
    child.once("exit", (code) => reject(new ExpectedError(`The org ended with ${code}\n${text}`)));
  });
}
