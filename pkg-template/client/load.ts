/** A load from end to end, as a Bulk API 2.0 job. It starts at once, and keeps its outcome for whoever asks. */

import { apiName } from "../options/checks.ts";
import * as check from "../options/jobs.ts";
import { Feed } from "../rows/feed.ts";
import { parseJson } from "../rows/records.ts";
import { Rows } from "../rows/rows.ts";
import { openReader } from "../rows/transfer.ts";
import { Task } from "../task/task.ts";
import { encode } from "../write/encode.ts";
import { isDeletion } from "../write/id-only.ts";
import { JOB_LIMIT } from "../write/request-body.ts";
import { HeldSource } from "../write/source.ts";
import { abandon } from "./abandon.ts";

const NOTHING = Object.freeze({ processed: 0, succeeded: 0, failed: 0, unprocessed: 0 });

/**
 * @param {import("./client.ts").Client} client
 * @param {{ operation: string, object: string, externalIdFieldName?: string }} job
 */
export function load(client, job, source, given) {
  apiName(job.object, "object");
  const options = check.load(given);
  return new Load(client, carryOut(client, job, new HeldSource(source), options));
}

class Load {
  #client;
  #summary;

  constructor(client, summary) {
    this.#client = client;
    this.#summary = summary;
    // Whoever asks is told of a failure; when nobody does, it is no unhandled rejection.
    summary.catch(() => {});
  }

  done() {
    return this.#summary;
  }

  results(call) {
    const options = check.call(call);
    const begin = () => {
      const task = new Task(this.#client, options);
      return { task, readers: this.#outcomes(task) };
    };
    return new Rows(new Feed(begin, { parse: parseJson }));
  }

  async *#outcomes(task) {
    const { jobs, processed, unprocessed } = await task.race(this.#summary);
    for (const { id } of jobs)
      yield await openReader(task, (operation) =>
        operation.v2Outcomes(id, processed + unprocessed),
      );
  }
}

async function carryOut(client, job, source, { onAbort, ...options }) {
  const attach = (id) => `bulk.v2.ingestJob("${id}").wait()`;
  const task = new Task(client, { ...options, attach });
  task.onStop(source.close);
  if (onAbort === "abort-job") abandon(client, task, "ingest");
  try {
    const summary = await send(task, job, source, options);
    task.waited();
    task.tell({
      phase: "done",
      jobId: task.jobId,
      processed: summary.processed,
      failed: summary.failed,
    });
    return summary;
  } catch (error) {
    task.stop(error);
    throw error;
  } finally {
    task.end();
  }
}

async function send(task, job, source, options) {
  // Not within the caller's own call: it has no handle yet.
  await task.race(Promise.resolve());
  task.tell({ phase: "reading" });
  const { columns, emptyString, strict, columnDelimiter, assignmentRuleId, poll } = options;
  const plan = {
    limit: JOB_LIMIT,
    delimiter: columnDelimiter,
    rules: { columns, emptyString, strict },
    idOnly: isDeletion(job.operation),
  };
  const { payload, records, delimiter, lineEnding } = await encode(task, source, plan);
  if (records === 0) return { ...NOTHING, jobs: [] };
  const dialect = { columnDelimiter: delimiter, lineEnding };
  return task.ask((operation) =>
    operation.v2Load({ ...job, ...dialect, assignmentRuleId }, poll, records, payload),
  );
}
