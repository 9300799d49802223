/** A Bulk API 2.0 ingest job. */

import * as check from "../options/v2.ts";
import { rowsOf } from "../rows/transfer.ts";
import { run, Task } from "../task/task.ts";
import { encode } from "../write/encode.ts";
import { isDeletion } from "../write/id-only.ts";
import { JOB_LIMIT } from "../write/request-body.ts";
import { HeldSource } from "../write/source.ts";
import { V2Job } from "./job.ts";

export class IngestJob extends V2Job {
  #client;
  #dialect;

  /**
   * @param {import("../client/client.ts").Client} client
   * @param {string} id
   * @param {{ columnDelimiter?: string, lineEnding?: string, operation?: string }} [dialect] unknown where someone else made the job
   */
  constructor(client, id, dialect) {
    super(client, "ingest", id);
    this.#client = client;
    this.#dialect = dialect;
  }

  async upload(source, options) {
    const { signal, timeout, ...rules } = check.write(options);
    const held = new HeldSource(source, "source");
    const task = new Task(this.#client, { signal, timeout, jobId: this.id });
    task.onStop(held.close);
    try {
      const dialect = this.#dialect ?? (await task.ask((one) => one.v2Job("ingest", this.id)));
      this.#dialect = dialect;
      const { columnDelimiter: delimiter = "COMMA", lineEnding = "LF", operation } = dialect;
      const idOnly = isDeletion(operation);
      const plan = { limit: JOB_LIMIT, delimiter, lineEnding, rules, idOnly };
      const { payload } = await encode(task, held, plan);
      await task.ask((one) => one.v2Upload(this.id, payload));
    } catch (error) {
      task.stop(error);
      throw error;
    } finally {
      task.end();
    }
  }

  async uploadComplete(call) {
    const task = { ...check.call(call), jobId: this.id };
    return run(this.#client, task, (one) => one.v2Start(this.id));
  }

  successfulResults(options) {
    return this.#results("successfulResults", options);
  }

  failedResults(options) {
    return this.#results("failedResults", options);
  }

  unprocessedRecords(options) {
    return this.#results("unprocessedrecords", options);
  }

  #results(which, options) {
    const task = { ...check.read(options), jobId: this.id };
    return rowsOf(this.#client, task, (operation) => operation.v2IngestResults(this.id, which));
  }
}
