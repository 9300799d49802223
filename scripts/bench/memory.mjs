/** What streams of a gigabyte take, each in a fresh Node process without any flags. */
import { join } from "node:path";
import { formatted } from "../../bench/report.mjs";
import { messageOf } from "./child.mjs";
import { machine } from "./machine.mjs";
import { bench } from "./prepare.mjs";

const names = {
  alone: "the test's own stream, nothing done with it",
  read: "parseCsv().chunks()",
  write: "formatCsv(async generator)",
  split: "splitCsv(stream), parts of 10 MB",
};
/** How much more than before a stream may take, in MiB. */
const limit = 64;

export async function benchMemory({ mb, markdown }) {
  console.log(`\n${machine()}\n`);
  const rows = [];
  for (const [name, about] of Object.entries(names)) {
    const found = await messageOf(join(bench, "memory", "child.mjs"), [name, String(mb)]);
    rows.push([about, ...figures(found)]);
  }
  const heading = [`${mb} MB`, "base, MiB", "peak above it, MiB", `under ${limit}`, "s"];
  console.log(`${formatted({ heading, rows }, markdown)}\n`);
}

function figures({ base, peak, seconds }) {
  const above = mebibytes(peak - base);
  return [mebibytes(base), above, Number(above) < limit ? "yes" : "no", seconds.toFixed(1)];
}

function mebibytes(bytes) {
  return (bytes / 2 ** 20).toFixed(1);
}
