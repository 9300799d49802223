/** A query from end to end, as a Bulk API 2.0 job. */

import { abandon } from "./abandon.js";
import { text } from "./check.js";
import * as check from "./options.js";
import { rowsOf } from "./transfer.js";

/**
 * @param {import("./client.js").Client} client
 * @param {"query" | "queryAll"} operation
 */
export function query(client, operation, soql, given) {
  const { maxRecords, columnDelimiter, lineEnding, poll, onAbort, ...options } = check.query(given);
  const job = {
    query: text(soql, "soql"),
    operation,
    maxRecords,
    columnDelimiter,
    lineEnding,
    poll,
  };
  const attach = (id) => `bulk.v2.queryJob("${id}").records()`;
  const onBegin = (task) => onAbort === "abort-job" && abandon(client, task, "query");
  return rowsOf(client, { ...options, attach, onBegin }, (one) => one.v2Query(job));
}
