/** The declarations, the tests and examples that use them, and the JavaScript itself. */
import { checkTypes } from "../lib/typescript.mjs";

export default {
  name: "types",
  needs: ["build"],
  async run() {
    await checkTypes("tsconfig.json");
    await checkTypes("tsconfig.package.json");
    await checkTypes("tsconfig.scripts.json");
  },
};
