/** A Bulk API 1.0 job. */

import { bulkError } from "../errors.ts";
import { id as checkId, text } from "../options/checks.ts";
import * as check from "../options/v1.ts";
import { run, Task } from "../task/task.ts";
import { encode } from "../write/encode.ts";
import { isDeletion } from "../write/id-only.ts";
import { BATCH_LIMIT } from "../write/request-body.ts";
import { HeldSource } from "../write/source.ts";
import { V1Batch } from "./batch.ts";

export class V1Job {
  #client;
  #contentType;
  #operation;
  /** Whether the job's batches so far are known to be none of a call's that is still to come. */
  #met;

  /**
   * @param {import("../client/client.ts").Client} client
   * @param {string} id
   * @param {string} [contentType] unknown where the job was made by someone else
   * @param {string} [operation] unknown likewise
   */
  constructor(client, id, contentType, operation) {
    this.#client = client;
    this.#contentType = contentType;
    this.#operation = operation;
    this.#met = contentType !== undefined;
    this.id = id;
  }

  async addQuery(soql, call) {
    text(soql, "soql");
    return this.#add(check.call(call), async () => soql);
  }

  async addBatch(records, options) {
    const { signal, timeout, ...rules } = check.write(options);
    const source = new HeldSource(records);
    const body = (task) => {
      const idOnly = isDeletion(this.#operation);
      return batchBody(task, source, { contentType: this.#contentType, rules, idOnly });
    };
    return this.#add({ signal, timeout }, body, source.close);
  }

  async postMapping(spec, call) {
    const options = check.call(call);
    const source = new HeldSource(spec, "spec");
    const task = new Task(this.#client, { ...options, jobId: this.id });
    try {
      // The values of a mapping are no fields: nothing in it means null.
      const plan = {
        limit: BATCH_LIMIT,
        delimiter: "COMMA",
        rules: { nullText: "" },
      };
      const { payload } = await encode(task, source, plan);
      await task.ask((operation) => operation.v1PostMapping(this.id, payload));
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
    this.#operation = info.operation;
    this.#met = true;
  }

  /** Adds the batch that `bodyOf(task)` makes; `onStop(reason)` is told if it comes to nothing. */
  async #add(call, bodyOf, onStop = () => {}) {
    const task = new Task(this.#client, { ...call, jobId: this.id });
    task.onStop(onStop);
    try {
      if (!this.#met) await this.#meet(task);
      const body = await bodyOf(task);
      const contentType = this.#contentType;
      const made = await task.ask((operation) => operation.v1AddBatch(this.id, contentType, body));
      return this.batch(made.id);
    } catch (error) {
      task.stop(error);
      throw error;
    } finally {
      task.end();
    }
  }
}

async function batchBody(task, source, { contentType, rules, idOnly }) {
  if (!["CSV", "JSON", "XML"].includes(contentType)) {
    throw new TypeError(`records cannot be added to a job of the content type ${contentType}`);
  }
  const plan = { contentType, limit: BATCH_LIMIT, delimiter: "COMMA", rules, idOnly };
  const { payload, records } = await encode(task, source, plan);
  if (records === 0) throw bulkError("record", "There are no records: a batch needs at least one.");
  return payload;
}
