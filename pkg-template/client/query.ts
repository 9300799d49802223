/** A query from end to end, as a Bulk API 2.0 job. */
import { text } from "../options/checks.ts";
import * as check from "../options/jobs.ts";
import { rowsOf } from "../rows/transfer.ts";
import type { Task } from "../task/task.ts";
import type * as declared from "../types/index.d.ts";
import { abandon } from "./abandon.ts";
import type { Client } from "./client.ts";

export function query<T>(
  client: Client,
  operation: "query" | "queryAll",
  soql: string,
  given: declared.QueryOptions | undefined,
): declared.Rows<T> {
  const { maxRecords, columnDelimiter, lineEnding, poll, onAbort, ...options } = check.query(given);
  const dialect = { maxRecords, columnDelimiter, lineEnding };
  const spec = { query: text(soql, "soql"), operation, ...dialect, poll };
  const attach = (id: string) => `bulk.v2.queryJob("${id}").records()`;
  const onBegin = (task: Task) => {
    if (onAbort === "abort-job") abandon(client, task, "query");
  };
  return rowsOf(client, { ...options, attach, onBegin }, (operation) => operation.v2Query(spec));
}
