/** A load from end to end, as a Bulk API 2.0 job. It starts at once, and keeps its outcome for whoever asks. */
import type { Reader } from "#glue";
import { apiName } from "../options/checks.ts";
import * as check from "../options/jobs.ts";
import { Feed } from "../rows/feed.ts";
import { leftEarly } from "../rows/iterators.ts";
import { parseJson } from "../rows/records.ts";
import { Rows } from "../rows/rows.ts";
import { openReader } from "../rows/transfer.ts";
import { Task } from "../task/task.ts";
import type * as declared from "../types/index.d.ts";
import { type Encoded, encode, type Plan } from "../write/encode.ts";
import { isDeletion } from "../write/id-only.ts";
import { JOB_LIMIT } from "../write/request-body.ts";
import { HeldSource } from "../write/source.ts";
import { abandon } from "./abandon.ts";
import type { Client } from "./client.ts";

/** What is done to which object. */
export interface LoadJob {
  readonly operation: declared.IngestJobOptions["operation"];
  readonly object: string;
  readonly externalIdFieldName?: string;
}

export function load(
  client: Client,
  job: LoadJob,
  source: declared.Source,
  given: declared.LoadOptions | undefined,
): declared.Load {
  apiName(job.object, "object");
  return new Load(client, job, check.load(given), new HeldSource(source));
}

class Load implements declared.Load {
  readonly #client: Client;
  readonly #task: Task;
  readonly #summary: Promise<declared.LoadSummary>;

  constructor(client: Client, job: LoadJob, options: check.LoadGiven, source: HeldSource) {
    const attach = (id: string) => `bulk.v2.ingestJob("${id}").wait()`;
    this.#client = client;
    this.#task = new Task(client, { ...options, attach });
    this.#task.onStop(source.close);
    if (options.onAbort === "abort-job") abandon(client, this.#task, "ingest");
    this.#summary = carryOut(this.#task, job, options, source);
    // Whoever asks is told of a failure; when nobody does, it is no unhandled rejection.
    this.#summary.catch(() => {});
  }

  done(): Promise<declared.LoadSummary> {
    return this.#summary;
  }

  results(call?: declared.CallOptions): declared.Rows<declared.LoadResult> {
    const options = check.call(call);
    const begin = () => {
      const task = new Task(this.#client, options);
      return { task, readers: outcomes(task, this.#summary) };
    };
    return new Rows(new Feed(begin, { parse: parseJson }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#task.stop(leftEarly());
  }
}

async function* outcomes(
  task: Task,
  summary: Promise<declared.LoadSummary>,
): AsyncGenerator<Reader, void> {
  const { jobs, processed, unprocessed } = await task.race(summary);
  for (const { id } of jobs) {
    yield await openReader(task, (operation) => operation.v2Outcomes(id, processed + unprocessed));
  }
}

async function carryOut(
  task: Task,
  job: LoadJob,
  options: check.LoadGiven,
  source: HeldSource,
): Promise<declared.LoadSummary> {
  try {
    const summary = await send(task, job, options, source);
    task.waited();
    const { processed, failed } = summary;
    const done = { phase: "done", processed, failed } as const;
    task.tell(task.jobId === undefined ? done : { ...done, jobId: task.jobId });
    return summary;
  } catch (error) {
    task.stop(error);
    throw error;
  } finally {
    task.end();
  }
}

async function send(
  task: Task,
  job: LoadJob,
  options: check.LoadGiven,
  source: HeldSource,
): Promise<declared.LoadSummary> {
  // Not within the caller's own call: it has no handle yet.
  await task.race(Promise.resolve());
  task.tell({ phase: "reading" });
  const encoded = await encode(task, source, planOf(job, options));
  if (encoded.records === 0) return NOTHING();
  return task.ask((operation) =>
    operation.v2Load(specOf(job, options, encoded), options.poll, encoded.records, encoded.payload),
  );
}

function planOf({ operation }: LoadJob, options: check.LoadGiven): Plan {
  const { columns, emptyString, strict, columnDelimiter } = options;
  return {
    limit: JOB_LIMIT,
    delimiter: columnDelimiter,
    rules: { columns, emptyString, strict },
    idOnly: isDeletion(operation),
  };
}

/** As Rust reads it. */
function specOf(job: LoadJob, { assignmentRuleId }: check.LoadGiven, encoded: Encoded): object {
  const { delimiter, lineEnding } = encoded;
  return { ...job, columnDelimiter: delimiter, lineEnding, assignmentRuleId };
}

const NOTHING = (): declared.LoadSummary => ({
  processed: 0,
  succeeded: 0,
  failed: 0,
  unprocessed: 0,
  jobs: [],
});
