/** The tarball, installed into small projects of every kind that users have. */
import { runNodeTests } from "../lib/node-tests.mjs";

export default {
  name: "packaging",
  needs: ["build"],
  run: () => runNodeTests("tests/packaging"),
};
