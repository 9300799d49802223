/** Python's salesforce-bulk 2.2.0 against the org. */
import { testPython } from "./support/checks.mjs";

const config = { queueMs: 10, processingMs: 40, chunkingMs: 40, resultsPerBatch: 3 };

await testPython(["test_seed_jobs", "test_seed_load", "test_seed_query"], {
  contacts: 1_250,
  args: ["--config", JSON.stringify(config)],
});
