/** What Bulk API 2.0 jobs of both kinds have in common. */
import * as check from "../options/v2.ts";
import { run } from "../task/task.ts";

export class V2Job {
  #client;
  #kind;

  /**
   * @param {import("../client/client.ts").Client} client
   * @param {"ingest" | "query"} kind
   * @param {string} id
   */
  constructor(client, kind, id) {
    this.#client = client;
    this.#kind = kind;
    this.id = id;
  }

  async status(call) {
    return this.#run(check.call(call), (operation) => operation.v2Job(this.#kind, this.id));
  }

  async wait(options) {
    const { poll, ...wait } = check.wait(options);
    return this.#run(wait, (operation) => operation.v2Wait(this.#kind, this.id, poll));
  }

  async abort(call) {
    const options = check.call(call);
    return this.#run(options, (operation) => operation.v2Abort(this.#kind, this.id));
  }

  async delete(call) {
    await this.#run(check.call(call), (operation) => operation.v2Delete(this.#kind, this.id));
  }

  #run(options, action) {
    const attach = () => `bulk.v2.${this.#kind}Job("${this.id}").wait()`;
    return run(this.#client, { ...options, attach, jobId: this.id }, action);
  }
}
