/** `npm run format`: rewrites every source file in the house style. */
import { join } from "node:path";
import { modules } from "./lib/paths.mjs";
import { run } from "./lib/run.mjs";

export async function main() {
  await run("cargo", ["fmt", "--all"]);
  await run("cargo", ["fmt", "--manifest-path=fuzz/Cargo.toml"]);
  await run(join(modules, ".bin", "biome"), ["check", "--write", "."]);
}
