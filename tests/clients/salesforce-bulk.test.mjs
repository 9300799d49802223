/** Python's salesforce-bulk 2.2.0 against the org. */
import { testPython } from "./support/checks.mjs";

await testPython(["test_seed_load"], { contacts: 2_500 });
