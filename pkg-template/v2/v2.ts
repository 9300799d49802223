/** Bulk API 2.0: jobs. */

import { bulkError } from "../errors.ts";
import { id as checkId } from "../options/checks.ts";
import * as check from "../options/v2.ts";
import { run } from "../task/task.ts";
import { IngestJob } from "./ingest-job.ts";
import { QueryJob } from "./query-job.ts";

/** What may go with the making of a job, in one request. */
const MOST_CHARACTERS = 100_000;

export class V2 {
  #client;

  /** @param {import("../client/client.ts").Client} client */
  constructor(client) {
    this.#client = client;
  }

  async createIngestJob(options) {
    const job = check.ingestJob(options);
    if (job.csv?.length > MOST_CHARACTERS) {
      throw bulkError(
        "limit",
        "csv takes at the most 100,000 characters: make the job without it, then upload the data.",
      );
    }
    const made = await run(this.#client, check.callOf(options), (one) => one.v2CreateIngest(job));
    return new IngestJob(this.#client, made.id, made);
  }

  async createQueryJob(options) {
    const job = check.queryJob(options);
    const made = await run(this.#client, check.callOf(options), (one) => one.v2CreateQuery(job));
    return new QueryJob(this.#client, made.id);
  }

  ingestJob(id) {
    return new IngestJob(this.#client, checkId(id, "id"));
  }

  queryJob(id) {
    return new QueryJob(this.#client, checkId(id, "id"));
  }

  jobs(options) {
    return listed(this.#client, check.list(options), check.callOf(options));
  }
}

async function* listed(client, wanted, call) {
  let locator = null;
  do {
    const page = await run(client, call, (one) =>
      one.v2List(locator === null ? wanted : { ...wanted, locator }),
    );
    yield* page.records;
    if (page.locator !== null && page.locator === locator) {
      throw bulkError("response", "The list of jobs names the same page as the next one again.");
    }
    locator = page.locator;
  } while (locator !== null && locator !== undefined);
}
