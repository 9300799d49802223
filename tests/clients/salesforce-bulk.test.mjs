/** Python's salesforce-bulk 2.2.0 against the org. */
import { testPython } from "./support/checks.mjs";
import { pinnedVersion } from "./support/python.mjs";
import { report } from "./support/report.mjs";

const config = { queueMs: 10, processingMs: 20, chunkingMs: 20, resultsPerBatch: 3 };

report(
  "salesforce-bulk",
  pinnedVersion("salesforce-bulk"),
  "1.0: sign in, jobs and batches in CSV, JSON and XML, queries, PK chunking",
);

await testPython(["test_seed_jobs", "test_seed_load", "test_seed_query"], {
  contacts: 500,
  args: ["--config", JSON.stringify(config)],
});
