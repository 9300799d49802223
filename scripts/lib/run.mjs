/** Other programs: run them, show what they say, and keep it for counting. */
import { spawn } from "node:child_process";
import { root } from "./paths.mjs";

/** An error whose message is all there is to say: printed without a stack. */
export class ExpectedError extends Error {
  expected = true;
}

/**
 * Runs a program to its end and resolves with what it printed on both streams.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {object} [options]
 * @param {string} [options.cwd]
 * @param {Record<string, string | undefined>} [options.env] added to this process's own
 * @param {boolean} [options.quiet] shows the output only when the program fails
 * @param {string} [options.label] what to call this in an error, instead of the command line
 */
export async function run(program, args, { cwd = root, env = {}, quiet = false, label } = {}) {
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = collect(child, quiet);
  const status = await ended(child, program);
  if (status === 0) return output();
  if (quiet) process.stderr.write(output());
  const error = new ExpectedError(`${label ?? [program, ...args].join(" ")} ended with ${status}`);
  throw Object.assign(error, { output: output() });
}

/** Like `run`, but silent, and null when the program fails or is not there. */
export async function ask(program, args, options = {}) {
  try {
    const child = spawn(program, args, {
      cwd: root,
      stdio: ["ignore", "pipe", "ignore"],
      ...options,
    });
    const output = collect(child, true);
    return (await ended(child, program)) === 0 ? output().trim() : null;
  } catch {
    return null;
  }
}

function collect(child, quiet) {
  const parts = [];
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ]) {
    from?.setEncoding("utf8").on("data", (text) => {
      parts.push(text);
      if (!quiet) to.write(text);
    });
  }
  return () => parts.join("");
}

function ended(child, program) {
  return new Promise((resolve, reject) => {
    child.on("error", (cause) =>
      reject(new ExpectedError(`${program} could not be started: ${cause.message}`, { cause })),
    );
    child.on("close", (code, signal) => resolve(code ?? signal));
  });
}
