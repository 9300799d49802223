/** A job in a Node process of its own: `node bench/node.mjs JOB`, where JOB is JSON. Sends its table to the parent. */
import * as contenders from "./contenders/node.mjs";
import { suites } from "./suites/index.mjs";

const job = JSON.parse(process.argv[2]);
process.send?.(await (await suiteOf(job))(job, contenders));

/** The one for JSON brings the whole build with it. */
async function suiteOf({ suite }) {
  return suite === "json" ? (await import("./json.mjs")).json : suites[suite];
}
