/** Every source file is as the formatters would write it. */
import { join } from "node:path";
import { modules } from "../lib/paths.mjs";
import { run } from "../lib/run.mjs";

export default {
  name: "format",
  async run() {
    await run("cargo", ["fmt", "--all", "--check"]);
    await run("cargo", ["fmt", "--manifest-path=fuzz/Cargo.toml", "--check"]);
    await run(join(modules, ".bin", "biome"), ["check", "--linter-enabled=false", "."]);
  },
};
