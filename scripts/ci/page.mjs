/** The demo page: built on the packed package, checked, and used in a real browser. */
import { runNodeTests } from "../lib/node-tests.mjs";
import { buildPage } from "../lib/page.mjs";
import { checkTypes } from "../lib/typescript.mjs";

export default {
  name: "page",
  needs: ["build"],
  async run() {
    await buildPage();
    await checkTypes("www/tsconfig.json");
    return runNodeTests("tests/page");
  },
};
