/** What Bulk API 2.0 jobs of both kinds have in common. */
import type { Operation } from "#glue";
import type { Client } from "../client/client.ts";
import * as check from "../options/v2.ts";
import { leftEarly } from "../rows/iterators.ts";
import { TaskScope } from "../task/scope.ts";
import { run, type TaskOptions } from "../task/task.ts";
import type * as declared from "../types/index.d.ts";

export type JobKind = "ingest" | "query";

export class V2Job {
  readonly #kind: JobKind;
  readonly #scope: TaskScope;
  protected readonly client: Client;
  readonly id: string;

  constructor(client: Client, kind: JobKind, id: string) {
    this.#kind = kind;
    this.#scope = new TaskScope();
    this.client = client;
    this.id = id;
  }

  async status(call?: declared.CallOptions): Promise<declared.V2JobInfo> {
    return this.run(check.call(call), (operation) => operation.v2Job(this.#kind, this.id));
  }

  async wait(options?: declared.WaitOptions): Promise<declared.V2JobInfo> {
    const { poll, ...wait } = check.wait(options);
    return this.run(wait, (operation) => operation.v2Wait(this.#kind, this.id, poll));
  }

  async abort(call?: declared.CallOptions): Promise<declared.V2JobInfo> {
    const options = check.call(call);
    return this.run(options, (operation) => operation.v2Abort(this.#kind, this.id));
  }

  async delete(call?: declared.CallOptions): Promise<void> {
    await this.run(check.call(call), (operation) => operation.v2Delete(this.#kind, this.id));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#scope.stop(leftEarly());
  }

  protected run<T>(options: TaskOptions, action: (operation: Operation) => Promise<T>): Promise<T> {
    const attach = () => `bulk.v2.${this.#kind}Job("${this.id}").wait()`;
    return run(this.client, this.taskOf({ ...options, attach }), action);
  }

  /** Of a call of this handle. */
  protected taskOf<Options extends TaskOptions>(options: Options): Options & TaskOptions {
    return { ...options, jobId: this.id, scope: this.#scope };
  }
}
