/** A Bulk API 1.0 job. */

import { bulkError } from "../errors.ts";
import { id as checkId, text } from "../options/checks.ts";
import * as check from "../options/v1.ts";
import { run, Task } from "../task/task.ts";
import { gather } from "../write/encode.ts";
import { BATCH_LIMIT } from "../write/parts.ts";
import { checkSource } from "../write/source.ts";
import { V1Batch } from "./batch.ts";

export class V1Job {
  #client;
  #contentType;
  /** Whether the job's batches so far are known to be none of a call's that is still to come. */
  #met;

  /**
   * @param {import("../client/client.ts").Client} client
   * @param {string} id
   * @param {string} [contentType] unknown where the job was made by someone else
   */
  constructor(client, id, contentType) {
    this.#client = client;
    this.#contentType = contentType;
    this.#met = contentType !== undefined;
    this.id = id;
  }

  async addQuery(soql, call) {
    text(soql, "soql");
    return this.#add(check.call(call), async () => soql);
  }

  async addBatch(records, options) {
    checkSource(records);
    const { signal, timeout, ...rules } = check.write(options);
    return this.#add({ signal, timeout }, (task, contentType) =>
      batchBody(task, records, contentType, rules),
    );
  }

  async postMapping(spec, call) {
    checkSource(spec, "spec");
    const task = new Task(this.#client, { ...check.call(call), jobId: this.id });
    try {
      // The values of a mapping are no fields: nothing in it means null.
      const plan = {
        limit: BATCH_LIMIT,
        delimiter: "COMMA",
        name: "spec",
        rules: { nullText: "" },
      };
      const { body } = await gather(task, spec, plan);
      await task.ask((operation) => operation.v1PostMapping(this.id, body));
    } finally {
      task.end();
    }
  }

  async status(call) {
    const info = await run(this.#client, this.#of(call), (operation) => operation.v1Job(this.id));
    this.#contentType = info.contentType;
    return info;
  }

  async batches(call) {
    return run(this.#client, this.#of(call), (operation) => operation.v1Batches(this.id));
  }

  batch(id) {
    return new V1Batch(this.#client, this, checkId(id, "id"));
  }

  async wait(options) {
    const { poll, ...wait } = check.wait(options);
    const attach = () => `bulk.v1.job("${this.id}").wait()`;
    const task = { ...wait, jobId: this.id, attach };
    return run(this.#client, task, (operation) => operation.v1WaitJob(this.id, poll));
  }

  async close(call) {
    return this.#setState("Closed", call);
  }

  async abort(call) {
    return this.#setState("Aborted", call);
  }

  #setState(state, call) {
    return run(this.#client, this.#of(call), (operation) => operation.v1SetState(this.id, state));
  }

  #of(call) {
    return { ...check.call(call), jobId: this.id };
  }

  /**
   * Looks at a job that someone else has made: what its batches hold, and which there are. After a lost answer a batch
   * is known by its data, so one that was there before must not be taken for the one that was to be added.
   */
  async #meet(task) {
    const info = await task.ask((operation) => operation.v1Job(this.id));
    const batches = await task.ask((operation) => operation.v1Batches(this.id));
    for (const { id } of batches) this.#client.meet(id);
    this.#contentType = info.contentType;
    this.#met = true;
  }

  /** Adds the batch that `bodyOf(task, contentType)` makes. */
  async #add(call, bodyOf) {
    const task = new Task(this.#client, { ...call, jobId: this.id });
    try {
      if (!this.#met) await this.#meet(task);
      const contentType = this.#contentType;
      const body = await bodyOf(task, contentType);
      const made = await task.ask((operation) => operation.v1AddBatch(this.id, contentType, body));
      return this.batch(made.id);
    } finally {
      task.end();
    }
  }
}

async function batchBody(task, source, contentType, rules) {
  if (!["CSV", "JSON", "XML"].includes(contentType)) {
    throw new TypeError(`records cannot be added to a job of the content type ${contentType}`);
  }
  const plan = { contentType, limit: BATCH_LIMIT, delimiter: "COMMA", rules };
  const { body, records } = await gather(task, source, plan);
  if (records === 0) throw bulkError("record", "There are no records: a batch needs at least one.");
  return body;
}
