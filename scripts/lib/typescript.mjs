/** The type checker. */
import { join } from "node:path";
import { modules } from "./paths.mjs";
import { run } from "./run.mjs";

/** Checks a project, and is an error when anything is wrong with it. */
export function checkTypes(project) {
  const tsc = join(modules, "typescript", "bin", "tsc");
  return run(process.execPath, [tsc, "--project", project], { label: `tsc --project ${project}` });
}
