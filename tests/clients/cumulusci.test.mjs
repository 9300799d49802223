/** Python's CumulusCI 4 against the org. */
import { testPython } from "./support/checks.mjs";
import { pinnedVersion } from "./support/python.mjs";
import { report } from "./support/report.mjs";

const requirements = "requirements-cumulusci.txt";
// It looks at a job every ten seconds; what is done by the first look costs none.
const config = { queueMs: 0, processingMs: 0, resultsPerBatch: 3 };

report(
  "cumulusci",
  pinnedVersion("cumulusci", requirements),
  "bulk and REST steps: insert, upsert, update, delete, query",
);

await testPython(["test_cumulusci"], {
  contacts: 1_250,
  requirements,
  args: ["--config", JSON.stringify(config)],
});
