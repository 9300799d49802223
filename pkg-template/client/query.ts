/** A query from end to end, as a Bulk API 2.0 job. */

import { text } from "../options/checks.ts";
import * as check from "../options/jobs.ts";
import { rowsOf } from "../rows/transfer.ts";
import { abandon } from "./abandon.ts";

/**
 * @param {import("./client.ts").Client} client
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
