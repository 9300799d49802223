/**
 * `npm run fuzz -- [target …] [--seconds N]`: libFuzzer on the Rust codec, N seconds a target, 60 unless told.
 *
 * It needs a nightly Rust, which the rest does not, and is therefore no step of `npm test`. What it has found
 * interesting stays in fuzz/corpus, and the next run begins with it.
 */
import { join } from "node:path";
import { root } from "./lib/paths.mjs";
import { ask, ExpectedError, run } from "./lib/run.mjs";

const targets = ["decode", "records", "parts", "json", "document", "write"];
const folder = join(root, "fuzz");

/** There is no unsafe code to be watched, and no long constant to be guessed: without either, far more is tried. */
const build = ["--sanitizer=none", "--no-trace-compares", `--fuzz-dir=${folder}`];

/** Apart from what the pinned Rust builds: a library of the same name by another compiler would be in its way. */
const env = {
  CARGO_TARGET_DIR: join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "fuzz"),
};

/** No input takes more than milliseconds, but virtual machines are stopped for longer than one would think. */
const patience = 300;

/** Some blocks of 64 bytes, and more than the decoder's first buffers hold. */
const longest = 4096;

export async function main(args) {
  const { chosen, seconds } = fuzzOptions(args);
  await ensureTools();
  await run("cargo", ["+nightly", "fuzz", "build", ...build], { env });
  await writeSeeds();
  for (const target of chosen) {
    console.log(`${target}: ${seconds} s …`);
    console.log(describe(target, await fuzz(target, seconds)));
  }
}

/**
 * Takes the arguments apart.
 *
 * @param {string[]} args
 */
export function fuzzOptions(args) {
  const names = [...args];
  const at = names.indexOf("--seconds");
  const seconds = at < 0 ? 60 : Number(names.splice(at, 2)[1]);
  if (!Number.isSafeInteger(seconds) || seconds < 1) {
    throw new ExpectedError("--seconds takes a whole number from 1 on.");
  }
  const wrong = names.filter((name) => !targets.includes(name));
  if (wrong.length > 0) {
    const known = targets.join(", ");
    throw new ExpectedError(`No target is called ${wrong.join(", ")}. There are: ${known}`);
  }
  return { chosen: names.length > 0 ? names : targets, seconds };
}

async function ensureTools() {
  if ((await ask("cargo", ["+nightly", "--version"])) === null) {
    console.log("Adding a nightly Rust …");
    await run("rustup", ["toolchain", "install", "nightly", "--profile=minimal"]);
  }
  if ((await ask("cargo", ["fuzz", "--version"])) === null) {
    console.log("Installing cargo-fuzz …");
    await run("cargo", ["install", "cargo-fuzz", "--locked"]);
  }
}

/** The tables of the tests, as inputs to begin with. */
async function writeSeeds() {
  const manifest = `--manifest-path=${join(folder, "Cargo.toml")}`;
  const args = ["+nightly", "run", "--quiet", manifest, "--example=seeds", "--"];
  await run("cargo", [...args, join(folder, "corpus")], { env });
}

/** Resolves with what the target counted. */
async function fuzz(target, seconds) {
  const options = [
    `-max_total_time=${seconds}`,
    `-max_len=${longest}`,
    "-len_control=20",
    `-timeout=${patience}`,
    "-verbosity=0",
  ];
  const args = ["+nightly", "fuzz", "run", ...build, target, "--", ...options];
  try {
    return counted(await run("cargo", args, { env, quiet: true, label: `fuzzing ${target}` }));
  } catch (error) {
    throw withReproducer(error);
  }
}

function counted(output) {
  const found = output.match(/^counted: (\d+) inputs, (\d+) bytes$/m);
  if (!found) throw new ExpectedError("The target did not say how much it was given.");
  return { inputs: Number(found[1]), bytes: Number(found[2]) };
}

function withReproducer(error) {
  const path = error.output?.match(/Test unit written to (.+)/)?.[1];
  if (path) error.message += `\nThe input that shows it: ${path}`;
  return error;
}

/** The target itself counts what it is given, the options at the front of each input included. */
function describe(target, { inputs, bytes }) {
  const number = new Intl.NumberFormat("en");
  return `${target}: ${number.format(inputs)} inputs, ${number.format(bytes)} bytes, no fault`;
}
