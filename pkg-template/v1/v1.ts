/** Bulk API 1.0: jobs. */

import type { Client } from "../client/client.ts";
import { id as checkId, text } from "../options/checks.ts";
import * as check from "../options/v1.ts";
import { run, Task } from "../task/task.ts";
import type * as declared from "../types/index.d.ts";
import { V1Job } from "./job.ts";

/** A query that was started. */
interface Started {
  job: declared.V1JobInfo;
  batch: declared.V1BatchInfo;
}

type QueryOptions = declared.V1JobOptions & { operation?: "query" | "queryAll" | undefined };

export class V1 implements declared.V1 {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  async createJob(
    options: declared.V1JobOptions & {
      object: string;
      operation: declared.Operation;
      externalIdFieldName?: string | undefined;
    },
  ): Promise<declared.V1Job> {
    const job = check.v1Job(options);
    const make = run(this.#client, check.callOf(options), (operation) =>
      operation.v1CreateJob(job),
    );
    const made: declared.V1JobInfo = await make;
    return new V1Job(this.#client, made.id, job);
  }

  async createQueryJob(object: string, options?: declared.V1JobOptions): Promise<declared.V1Job> {
    return this.createJob({ ...options, object, operation: "query" });
  }

  async createQueryAllJob(
    object: string,
    options?: declared.V1JobOptions,
  ): Promise<declared.V1Job> {
    return this.createJob({ ...options, object, operation: "queryAll" });
  }

  async createInsertJob(object: string, options?: declared.V1JobOptions): Promise<declared.V1Job> {
    return this.createJob({ ...options, object, operation: "insert" });
  }

  async createUpdateJob(object: string, options?: declared.V1JobOptions): Promise<declared.V1Job> {
    return this.createJob({ ...options, object, operation: "update" });
  }

  async createUpsertJob(
    object: string,
    externalIdFieldName: string,
    options?: declared.V1JobOptions,
  ): Promise<declared.V1Job> {
    return this.createJob({ ...options, object, externalIdFieldName, operation: "upsert" });
  }

  async createDeleteJob(object: string, options?: declared.V1JobOptions): Promise<declared.V1Job> {
    return this.createJob({ ...options, object, operation: "delete" });
  }

  async createHardDeleteJob(
    object: string,
    options?: declared.V1JobOptions,
  ): Promise<declared.V1Job> {
    return this.createJob({ ...options, object, operation: "hardDelete" });
  }

  job(id: string): V1Job {
    return new V1Job(this.#client, checkId(id, "id"));
  }

  async query(soql: string, options: QueryOptions = {}): Promise<declared.V1Batch> {
    text(soql, "soql");
    const task = new Task(this.#client, check.callOf(options));
    // Nobody has a handle of this job: left open it would only count against the org's limits.
    task.onStop(() => task.onceJobIsMade((id) => this.#abort(id)));
    try {
      return await this.#start(task, soql, options);
    } catch (error) {
      task.stop(error);
      throw error;
    } finally {
      task.end();
    }
  }

  async #start(task: Task, soql: string, options: QueryOptions): Promise<declared.V1Batch> {
    const operation = check.queryOperation(options.operation ?? "query", "operation");
    const object = await task.ask((_, glue) => glue.soqlObject(soql));
    const spec = check.v1Job({ ...options, object, operation });
    const { job, batch }: Started = await task.ask((operation) =>
      operation.v1StartQuery(spec, soql),
    );
    if (!options.pkChunking) await task.ask((operation) => operation.v1SetState(job.id, "Closed"));
    return new V1Job(this.#client, job.id, spec).batch(batch.id);
  }

  /** As well as can be: nobody is left to hear of a failure. */
  #abort(id: string): void {
    this.job(id)
      .abort()
      .catch(() => {});
  }
}
