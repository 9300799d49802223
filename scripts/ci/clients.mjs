/** Clients of Salesforce that nobody here wrote, unmodified, against the org. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { runNodeTests } from "../lib/node-tests.mjs";
import { ensureInstalled } from "../lib/npm.mjs";
import { root } from "../lib/paths.mjs";

export default {
  name: "clients",
  async run() {
    // Before two files find at once that a package is missing.
    for (const folder of ["tests/clients", "tests/clients/sf"]) ensureInstalled(join(root, folder));
    const folder = mkdtempSync(join(tmpdir(), "salesforce-bulk-clients-"));
    const report = join(folder, "report.jsonl");
    try {
      // Most of the time a client waits for its job.
      const concurrency = availableParallelism();
      return await runNodeTests("tests/clients", { concurrency, env: { CLIENTS_REPORT: report } });
    } finally {
      if (existsSync(report)) printTable(readFileSync(report, "utf8"));
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** Which clients were run, and what each of them did. */
function printTable(lines) {
  const rows = lines.trim().split("\n").map(JSON.parse);
  const header = { client: "client", version: "version", did: "what it did" };
  rows.sort((a, b) => a.client.localeCompare(b.client));
  const width = (name) => Math.max(...[header, ...rows].map((row) => row[name].length));
  const columns = { client: width("client"), version: width("version") };
  console.log("");
  for (const { client, version, did } of [header, ...rows]) {
    console.log(`${client.padEnd(columns.client)}  ${version.padEnd(columns.version)}  ${did}`);
  }
}
