/** The declarations, the tests and examples that use them, and the JavaScript that ships. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { modules, root } from "../lib/paths.mjs";
import { run } from "../lib/run.mjs";

const projects = ["tsconfig.json", "tsconfig.package.json"];

export default {
  name: "types",
  needs: ["build"],
  async run() {
    for (const project of projects.filter((name) => existsSync(root + name))) {
      await run(process.execPath, [
        join(modules, "typescript", "bin", "tsc"),
        "--project",
        project,
      ]);
    }
  },
};
