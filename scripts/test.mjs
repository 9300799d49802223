/** `npm test`: all steps; `npm test -- native e2e`: those, and what they need. */
import { steps } from "./ci/steps.mjs";
import { addCounts } from "./lib/counts.mjs";
import { ExpectedError } from "./lib/run.mjs";

export async function main(names) {
  const chosen = choose(names);
  const done = [];
  for (const [index, step] of chosen.entries()) {
    console.log(`\n━━━ ${step.name} (${index + 1} of ${chosen.length})`);
    const result = await perform(step);
    console.log(`━━━ ${describe(result)}`);
    done.push(result);
    if (result.error) break;
  }
  summarise(done, chosen.length);
}

function choose(names) {
  const known = steps.map(({ name }) => name);
  const wrong = names.filter((name) => !known.includes(name));
  if (wrong.length > 0) {
    throw new ExpectedError(
      `No step is called ${wrong.join(", ")}. There are: ${known.join(", ")}`,
    );
  }
  if (names.length === 0) return steps;
  const needed = steps
    .filter(({ name }) => names.includes(name))
    .flatMap(({ needs }) => needs ?? []);
  return steps.filter(({ name }) => names.includes(name) || needed.includes(name));
}

async function perform({ name, run }) {
  const begun = performance.now();
  const result = { name, counts: null, error: null };
  try {
    result.counts = await run();
  } catch (error) {
    result.error = error;
    result.counts = error.counts ?? null;
    if (!error.expected) console.error(error);
  }
  return { ...result, seconds: (performance.now() - begun) / 1000 };
}

function describe({ name, counts, error, seconds }) {
  return [
    name.padEnd(10),
    `${seconds.toFixed(1)} s`.padStart(8),
    "  ",
    outcome(counts, error),
  ].join("");
}

function outcome(counts, error) {
  if (error) return `FAILED: ${error.message}`;
  if (counts === null) return "nothing to run";
  if (counts === undefined) return "ok";
  return `${counts.passed} passed${counts.skipped ? `, ${counts.skipped} skipped` : ""}`;
}

function summarise(done, planned) {
  console.log("\n━━━ summary");
  for (const result of done) console.log(describe(result));
  const failed = done.some(({ error }) => error);
  if (failed) console.log(`stopped there; ${planned - done.length} step(s) not run`);
  const counts = addCounts(...done.map(({ counts }) => counts));
  console.log(`${counts.passed} passed, ${failed ? Math.max(counts.failed, 1) : 0} failed`);
  if (failed) process.exitCode = 1;
}
