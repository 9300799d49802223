/** jsforce, installed and signed in to an org of its own. */
import { readFileSync } from "node:fs";
import { globalAgent } from "node:https";
import { fileURLToPath } from "node:url";
import { ensureInstalled } from "../../../scripts/lib/npm.mjs";
import { startOrg } from "../../support/org.mjs";
import { rowsOf } from "../support/rows.mjs";
import { among, select } from "../support/samples.mjs";

// One result for a batch and one page for a query: of further ones jsforce takes the header for a
// row, or writes to a stream that has ended and never settles.
const config = { queueMs: 10, processingMs: 20, resultsPerBatch: 1, pageSize: 50_000 };

ensureInstalled(fileURLToPath(new URL("..", import.meta.url)));

export const { default: jsforce } = await import("jsforce");

const server = await startOrg({
  tls: true,
  contacts: 1_250,
  args: ["--config", JSON.stringify(config)],
});

// NODE_EXTRA_CA_CERTS would do the same, but is only read while Node starts.
globalAgent.options.ca = readFileSync(server.caFile);

export const org = {
  ...server,

  /** A connection by jsforce's default login, which is SOAP. */
  async connect() {
    const connection = new jsforce.Connection({ loginUrl: server.tlsUrl, version: "62.0" });
    await connection.login("demo@example.com", "demoTOKEN");
    connection.bulk.pollInterval = 20;
    connection.bulk2.pollInterval = 20;
    return connection;
  },

  /** The rows of a REST query, asked without jsforce. */
  rows: (soql, resource) => rowsOf(server, soql, resource),

  /** The accounts with these external ids, in their order. */
  stored: (keys) => org.rows(`${select} WHERE ${among(keys)} ORDER BY Ext__c`),
};
