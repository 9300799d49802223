/** Singer's tap-salesforce 2 against the org. */
import { testPython } from "./support/checks.mjs";
import { pinnedVersion } from "./support/python.mjs";
import { report } from "./support/report.mjs";

const requirements = "requirements-tap-salesforce.txt";
// It looks at a batch every twenty seconds; what is done by the first look costs none.
const config = { queueMs: 0, processingMs: 0, resultsPerBatch: 3 };

report(
  "tap-salesforce",
  pinnedVersion("tap-salesforce", requirements),
  "sign in by refresh token, discover, sync by bulk and by REST",
);

await testPython(["test_tap_salesforce"], {
  contacts: 1_250,
  requirements,
  args: ["--config", JSON.stringify(config)],
});
