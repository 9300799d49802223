/** The demo page in a real browser. */
import { runNodeTests } from "../lib/node-tests.mjs";

export default {
  name: "page",
  needs: ["build"],
  run: () => runNodeTests("tests/page"),
};
