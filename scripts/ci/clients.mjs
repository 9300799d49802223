/** Clients of Salesforce that nobody here wrote, unmodified, against the org. */
import { runNodeTests } from "../lib/node-tests.mjs";

export default {
  name: "clients",
  run: () => runNodeTests("tests/clients"),
};
