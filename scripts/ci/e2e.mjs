/** The built package against the org, in Node. */
import { runNodeTests } from "../lib/node-tests.mjs";

export default {
  name: "e2e",
  needs: ["build"],
  run: () => runNodeTests("tests/e2e"),
};
