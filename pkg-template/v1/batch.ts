/** A batch of a Bulk API 1.0 job. */
import { id as checkId } from "../options/checks.ts";
import * as check from "../options/v1.ts";
import { parseJson } from "../rows/records.ts";
import { bytesOf, rowsOf, textOf } from "../rows/transfer.ts";
import { run } from "../task/task.ts";

export class V1Batch {
  #client;

  /**
   * @param {import("../client/client.ts").Client} client
   * @param {import("./job.ts").V1Job} job
   * @param {string} id
   */
  constructor(client, job, id) {
    this.#client = client;
    this.id = id;
    this.job = job;
  }

  async status(call) {
    return this.#run(check.call(call), (operation, job, id) => operation.v1Batch(job, id));
  }

  async isDone(call) {
    return this.#run(check.call(call), (operation, job, id) => operation.v1BatchDone(job, id));
  }

  async wait(options) {
    const { poll, ...wait } = check.wait(options);
    return this.#run(wait, (operation, job, id) => operation.v1WaitBatch(job, id, poll));
  }

  async request(call) {
    return textOf(this.requestBytes(call));
  }

  requestBytes(call) {
    return bytesOf(this.#client, this.#of(check.call(call)), (operation) =>
      operation.v1Request(this.job.id, this.id),
    );
  }

  async resultIds(call) {
    return this.#run(check.call(call), (operation, job, id) => operation.v1ResultIds(job, id));
  }

  result(id, options) {
    checkId(id, "id");
    return rowsOf(this.#client, this.#of(check.read(options)), (operation) =>
      operation.v1Result(this.job.id, this.id, id),
    );
  }

  records(options) {
    const { poll, ...read } = check.readAndWait(options);
    return rowsOf(this.#client, this.#of(read), (operation) =>
      operation.v1Records(this.job.id, this.id, poll),
    );
  }

  results(options) {
    const { poll, ...wait } = check.wait(options);
    const make = (operation) => operation.v1Outcomes(this.job.id, this.id, poll);
    return rowsOf(this.#client, this.#of(wait), make, parseJson);
  }

  #run(options, action) {
    return run(this.#client, this.#of(options), (operation) =>
      action(operation, this.job.id, this.id),
    );
  }

  #of(options) {
    const attach = () => `bulk.v1.job("${this.job.id}").batch("${this.id}").wait()`;
    return { ...options, attach, jobId: this.job.id, batchId: this.id };
  }
}
