/** What every environment is asked to do: something small that only works when the wasm does. */

const csv = "Id,Name\n001,Žofie 🚀\n002,\n";

/** What a probe must answer. */
export const expected = [
  { Id: "001", Name: "Žofie 🚀" },
  { Id: "002", Name: null },
];

/**
 * Defines `probe()`, which resolves with the rows of the CSV; `Bulk` must be in scope. The answer
 * comes from a `fetch` of its own, so that it needs no network: the wasm does all the rest.
 */
export const probe = `
const probe = async () => {
  const job = { id: "750000000000001AAA", operation: "query", object: "Contact", state: "JobComplete",
    createdById: "005000000000001AAA", createdDate: "2026-01-01T00:00:00.000+0000",
    systemModstamp: "2026-01-01T00:00:00.000+0000", concurrencyMode: "Parallel", apiVersion: 66,
    numberRecordsProcessed: 2 };
  const headers = { "content-type": "text/csv", "sforce-locator": "null" };
  const fetch = async (url, init) => {
    new Request(url, init); // as the host's own fetch would: what it does not know throws
    return url.includes("/results")
      ? new Response(${JSON.stringify(csv)}, { headers })
      : Response.json(job);
  };
  const bulk = new Bulk({ instanceUrl: "acme.my.salesforce.com", accessToken: "token", fetch });
  const page = await bulk.v2.queryJob(job.id).results();
  return page.toArray();
};
`;

/** A module that exports `probe`, on the package `from`. */
export const probeModule = (from = "salesforce-bulk") =>
  `import { Bulk } from ${JSON.stringify(from)}; export { probe }; ${probe}`;

/** A page's script: the title tells how it went. */
export const pageScript = `
import { probe } from "./probe.js";
probe().then(
  (rows) => { document.title = JSON.stringify(rows); },
  (error) => { document.title = String(error?.stack ?? error); },
);
`;

/** A page that loads a module, and nothing inline: its policy forbids that. */
export const page = (script, type = "module") => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,"></head>
<body><script type="${type}" src="${script}"></script></body></html>
`;
