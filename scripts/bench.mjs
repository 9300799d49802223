/**
 * `npm run bench`: how fast the package reads, writes and splits CSV, beside other packages.
 *
 * `npm run bench:browser` does the same in Chromium and Firefox; `npm run bench:memory` shows what streams of a gigabyte
 * take. Being slow is no error; a wrong answer is.
 */
import { parseArgs } from "node:util";
import { jobs } from "../bench/jobs.mjs";
import { benchBrowsers } from "./bench/browsers.mjs";
import { benchMemory } from "./bench/memory.mjs";
import { benchNode } from "./bench/node.mjs";
import { prepare } from "./bench/prepare.mjs";
import { ExpectedError } from "./lib/run.mjs";

const benches = { node: benchNode, browser: benchBrowsers, memory: benchMemory };

const usage = `usage: npm run bench | bench:browser | bench:memory [-- options]

  --mb N         megabytes of CSV (60; of bench:memory 1000)
  --rounds N     rounds, of which the best counts (5)
  --only NAME    read, write, split or json; several by commas
  --markdown     prints tables as Markdown`;

export async function main(args = []) {
  const { where, ...options } = read(args);
  await prepare();
  await benches[where](options);
}

function read(args) {
  const { values, positionals } = parse(args);
  const [where = "node"] = positionals;
  const only = values.only?.split(",");
  if (!Object.hasOwn(benches, where) || only?.some((name) => !known(name))) {
    throw new ExpectedError(usage);
  }
  return {
    where,
    mb: positive(values.mb, where === "memory" ? 1000 : 60),
    rounds: positive(values.rounds, 5),
    markdown: values.markdown ?? false,
    jobs: only ? jobs.filter((job) => only.includes(job.only)) : jobs,
  };
}

const known = (name) => jobs.some(({ only }) => only === name);

function parse(args) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        mb: { type: "string" },
        rounds: { type: "string" },
        only: { type: "string" },
        markdown: { type: "boolean" },
      },
    });
  } catch (cause) {
    throw new ExpectedError(`${cause.message}\n\n${usage}`, { cause });
  }
}

function positive(text, otherwise) {
  const number = Number(text ?? otherwise);
  if (!(number > 0)) throw new ExpectedError(usage);
  return number;
}
