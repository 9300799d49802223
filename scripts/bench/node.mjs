/** Every job in a fresh Node process, and what comes of it as tables. */
import { join } from "node:path";
import { tableText, targetsText } from "../../bench/report.mjs";
import { messageOf } from "./child.mjs";
import { machine } from "./machine.mjs";
import { bench } from "./prepare.mjs";

export async function benchNode({ jobs, markdown, ...options }) {
  console.log(`\n${machine()}\n`);
  const tables = [];
  for (const job of jobs) {
    const request = JSON.stringify({ ...job, ...options });
    const table = await messageOf(join(bench, "node.mjs"), [request]);
    console.log(tableText(table, markdown));
    tables.push(table);
  }
  console.log(targetsText(tables));
}
