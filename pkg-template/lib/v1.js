/** Bulk API 1.0: jobs. */
import { id as checkId, text } from "./check.js";
import * as check from "./options.js";
import { run } from "./task.js";
import { V1Job } from "./v1-job.js";

export class V1 {
  #client;

  /** @param {import("./client.js").Client} client */
  constructor(client) {
    this.#client = client;
  }

  async createJob(options) {
    const job = check.v1Job(options);
    const made = await run(this.#client, check.call(options), (one) =>
      one.call("v1CreateJob", [job]),
    );
    return new V1Job(this.#client, made.id, job.contentType);
  }

  async createQueryJob(object, options) {
    return this.createJob({ ...options, object, operation: "query" });
  }

  async createQueryAllJob(object, options) {
    return this.createJob({ ...options, object, operation: "queryAll" });
  }

  async createInsertJob(object, options) {
    return this.createJob({ ...options, object, operation: "insert" });
  }

  async createUpdateJob(object, options) {
    return this.createJob({ ...options, object, operation: "update" });
  }

  async createUpsertJob(object, externalIdFieldName, options) {
    return this.createJob({ ...options, object, externalIdFieldName, operation: "upsert" });
  }

  async createDeleteJob(object, options) {
    return this.createJob({ ...options, object, operation: "delete" });
  }

  async createHardDeleteJob(object, options) {
    return this.createJob({ ...options, object, operation: "hardDelete" });
  }

  job(id) {
    return new V1Job(this.#client, checkId(id, "id"));
  }

  async query(soql, options = {}) {
    const call = check.call(options);
    const operation = check.queryOperation(options.operation ?? "query", "operation");
    text(soql, "soql");
    const object = await run(this.#client, call, (_, glue) => glue.soqlObject(soql));
    const job = await this.createJob({ ...options, object, operation });
    try {
      const batch = await job.addQuery(soql, call);
      if (!options.pkChunking) await job.close(call);
      return batch;
    } catch (error) {
      // Nobody has a handle of this job: left open it would only count against the org's limits.
      job.abort().catch(() => {});
      throw error;
    }
  }
}
