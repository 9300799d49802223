/** The hand-written JavaScript, file by file. */
import { runNodeTests } from "../lib/node-tests.mjs";

export default {
  name: "unit",
  run: () => runNodeTests("tests/unit"),
};
