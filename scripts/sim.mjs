/**
 * `npm run sim -- [options]`: the engine in a world of faults, on a clock that jumps, and a ledger that judges it.
 *
 * `--seed N` runs one seed with its whole trace, `--seeds 100000` many, `--small` every placement of one and of two
 * faults; `--help` names the others.
 */
import { cargoBuild } from "./lib/cargo.mjs";
import { ExpectedError, run } from "./lib/run.mjs";

const name = "salesforce-bulk-sim";

/** With the known bugs, each of which stays out until it is asked for. */
const build = ["--profile=sim", `--package=${name}`, "--bins", "--features=planted-bugs"];

export async function main(args) {
  await simulate(args);
}

/**
 * Builds the simulation and runs it. Rejects where a rule was broken.
 *
 * @param {string[]} args
 * @returns {Promise<string>} what it printed
 */
export async function simulate(args) {
  const made = await cargoBuild(build);
  const program = made.find((path) => path.endsWith(name) || path.endsWith(`${name}.exe`));
  if (!program) throw new ExpectedError(`cargo has built no ${name}`);
  return run(program, args, { label: "the simulation" });
}
