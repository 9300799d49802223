/** The built package against the org, in Node. */
import { availableParallelism } from "node:os";
import { runNodeTests } from "../lib/node-tests.mjs";

export default {
  name: "e2e",
  needs: ["build"],
  // One file a processor: most of the time each waits for its org.
  run: () => runNodeTests("tests/e2e", { concurrency: availableParallelism() }),
};
