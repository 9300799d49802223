/** Python's simple-salesforce 1.12 against the org. */
import { testPython } from "./support/checks.mjs";
import { pinnedVersion } from "./support/python.mjs";
import { report } from "./support/report.mjs";

const config = { queueMs: 10, processingMs: 20, resultsPerBatch: 3 };

report(
  "simple-salesforce",
  pinnedVersion("simple-salesforce"),
  "sign in; 1.0 and 2.0: load, query, results, files",
);

await testPython(["test_simple_login", "test_simple_bulk", "test_simple_bulk2"], {
  contacts: 1_250,
  args: ["--config", JSON.stringify(config)],
});
