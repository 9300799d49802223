/** Bulk API 2.0: jobs. */
import type { Client } from "../client/client.ts";
import { bulkError } from "../errors.ts";
import { id as checkId } from "../options/checks.ts";
import * as check from "../options/v2.ts";
import { iterate } from "../rows/iterators.ts";
import { run } from "../task/task.ts";
import type * as declared from "../types/index.d.ts";
import { IngestJob } from "./ingest-job.ts";
import { JobSupply } from "./job-list.ts";
import { QueryJob } from "./query-job.ts";

/** What may go with the making of a job, in one request. */
const MOST_CHARACTERS = 100_000;

export class V2 implements declared.V2 {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  async createIngestJob(
    options: declared.IngestJobOptions & declared.CallOptions,
  ): Promise<declared.IngestJob> {
    const job = check.ingestJob(options);
    if (job.csv !== undefined && job.csv.length > MOST_CHARACTERS) {
      throw bulkError(
        "limit",
        "csv takes at the most 100,000 characters: make the job without it, then upload the data.",
      );
    }
    const make = run(this.#client, check.callOf(options), (operation) =>
      operation.v2CreateIngest(job),
    );
    const made: declared.V2JobInfo = await make;
    return new IngestJob(this.#client, made.id, made);
  }

  async createQueryJob(
    options: declared.QueryJobOptions & declared.CallOptions,
  ): Promise<declared.QueryJob> {
    const job = check.queryJob(options);
    const make = run(this.#client, check.callOf(options), (operation) =>
      operation.v2CreateQuery(job),
    );
    const made: declared.V2JobInfo = await make;
    return new QueryJob(this.#client, made.id);
  }

  ingestJob(id: string): declared.IngestJob {
    return new IngestJob(this.#client, checkId(id, "id"));
  }

  queryJob(id: string): declared.QueryJob {
    return new QueryJob(this.#client, checkId(id, "id"));
  }

  jobs(
    options: declared.ListOptions & declared.CallOptions,
  ): AsyncIterableIterator<declared.V2JobInfo> {
    return iterate(new JobSupply(this.#client, check.list(options), check.callOf(options)));
  }
}
