/** The simulation: pinned cases, seeds, the known bugs that they must find, and the small worlds. */
import { counted } from "../lib/counts.mjs";
import { simulate } from "../sim.mjs";

export default {
  name: "sim",
  run: () => counted(simulate(["--all"]), counts),
};

/** From `sim: 120000 passed; 0 failed`. */
function counts(output) {
  const [, passed, failed] = output.match(/^sim: (\d+) passed; (\d+) failed$/m) ?? [];
  return { passed: Number(passed ?? 0), failed: Number(failed ?? 0), skipped: 0 };
}
