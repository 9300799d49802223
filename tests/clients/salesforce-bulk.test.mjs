/** Python's salesforce-bulk 2.2.0 against the org. */
import { testPython } from "./support/checks.mjs";

const config = { queueMs: 10, processingMs: 20, chunkingMs: 20, resultsPerBatch: 3 };

await testPython(["test_seed_jobs", "test_seed_load", "test_seed_query"], {
  contacts: 500,
  args: ["--config", JSON.stringify(config)],
});
