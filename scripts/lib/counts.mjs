/** How many tests passed, failed and were skipped, read from what the runners print. */
import { ExpectedError } from "./run.mjs";

export function addCounts(...all) {
  const sum = (key) => all.reduce((total, counts) => total + (counts?.[key] ?? 0), 0);
  return { passed: sum("passed"), failed: sum("failed"), skipped: sum("skipped") };
}

/**
 * The counts of a run that is under way. Where it fails, the error takes them along; a run without
 * any test fails too, for it would pass whatever the code does.
 *
 * @param {Promise<string>} running as `run` gives it
 * @param {(output: string) => object} read `rustCounts` or `nodeCounts`
 */
export async function counted(running, read) {
  let counts;
  try {
    counts = read(await running);
  } catch (error) {
    error.counts = read(error.output ?? "");
    throw error;
  }
  if (counts.passed === 0) throw new ExpectedError("No test was run");
  return counts;
}

/** From cargo test, cargo nextest and wasm-bindgen-test-runner. */
export function rustCounts(output) {
  const text = plain(output);
  const nextest = text.match(/Summary \[.*?\].* tests? run: (.*)/);
  if (nextest) return nextestCounts(nextest[1]);
  const results = text.matchAll(/test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored/g);
  return addCounts(
    ...Array.from(results, ([, passed, failed, skipped]) => ({
      passed: Number(passed),
      failed: Number(failed),
      skipped: Number(skipped),
    })),
  );
}

/** From `2 passed (1 slow), 1 failed, 1 timed out, 0 skipped`. */
function nextestCounts(summary) {
  const count = (word) => Number(summary.match(new RegExp(`(\\d+) ${word}`))?.[1] ?? 0);
  return {
    passed: count("passed"),
    failed: count("failed") + count("timed out") + count("exec failed"),
    skipped: count("skipped"),
  };
}

/** From `node --test` with the spec reporter. */
export function nodeCounts(output) {
  const text = plain(output);
  const last = (key) =>
    Number([...text.matchAll(new RegExp(`^ℹ ${key} (\\d+)$`, "gm"))].at(-1)?.[1] ?? 0);
  return {
    passed: last("pass"),
    failed: last("fail") + last("cancelled"),
    skipped: last("skipped") + last("todo"),
  };
}

function plain(output) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape is what colours begin with
  return output.replace(/\u001b\[[0-9;]*m/g, "");
}
