/** Bulk API 1.0: jobs. */
import { id as checkId, text } from "../options/checks.ts";
import * as check from "../options/v1.ts";
import { run, Task } from "../task/task.ts";
import { V1Job } from "./job.ts";

export class V1 {
  #client;

  /** @param {import("../client/client.ts").Client} client */
  constructor(client) {
    this.#client = client;
  }

  async createJob(options) {
    const job = check.v1Job(options);
    const made = await run(this.#client, check.callOf(options), (one) => one.v1CreateJob(job));
    return new V1Job(this.#client, made.id, job.contentType, job.operation);
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
    text(soql, "soql");
    const task = new Task(this.#client, check.callOf(options));
    try {
      return await this.#start(task, soql, options);
    } catch (error) {
      // Nobody has a handle of this job: left open it would only count against the org's limits.
      if (task.jobId !== undefined)
        this.job(task.jobId)
          .abort()
          .catch(() => {});
      throw error;
    } finally {
      task.end();
    }
  }

  async #start(task, soql, options) {
    const operation = check.queryOperation(options.operation ?? "query", "operation");
    const object = await task.ask((_, glue) => glue.soqlObject(soql));
    const spec = check.v1Job({ ...options, object, operation });
    const { job, batch } = await task.ask((one) => one.v1StartQuery(spec, soql));
    if (!options.pkChunking) await task.ask((one) => one.v1SetState(job.id, "Closed"));
    return new V1Job(this.#client, job.id, spec.contentType).batch(batch.id);
  }
}
