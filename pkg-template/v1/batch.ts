/** A batch of a Bulk API 1.0 job. */
import type { Operation } from "#glue";
import type { Client } from "../client/client.ts";
import { id as checkId } from "../options/checks.ts";
import * as check from "../options/v1.ts";
import type { Feed } from "../rows/feed.ts";
import { parseJson } from "../rows/records.ts";
import { byteStream, textOf } from "../rows/streams.ts";
import { feedOf, rowsOf } from "../rows/transfer.ts";
import type { TaskScope } from "../task/scope.ts";
import { run, type TaskOptions } from "../task/task.ts";
import type * as declared from "../types/index.d.ts";

type Action<T> = (operation: Operation, job: string, batch: string) => Promise<T>;

export class V1Batch implements declared.V1Batch {
  readonly #client: Client;
  readonly #scope: TaskScope;
  readonly id: string;
  readonly job: declared.V1Job;

  constructor(client: Client, job: declared.V1Job, id: string, scope: TaskScope) {
    this.#client = client;
    this.#scope = scope;
    this.id = id;
    this.job = job;
  }

  async status(call?: declared.CallOptions): Promise<declared.V1BatchInfo> {
    return this.#run(check.call(call), (operation, job, id) => operation.v1Batch(job, id));
  }

  async isDone(call?: declared.CallOptions): Promise<boolean> {
    return this.#run(check.call(call), (operation, job, id) => operation.v1BatchDone(job, id));
  }

  async wait(options?: declared.WaitOptions): Promise<declared.V1BatchInfo> {
    const { poll, ...wait } = check.wait(options);
    return this.#run(wait, (operation, job, id) => operation.v1WaitBatch(job, id, poll));
  }

  async request(call?: declared.CallOptions): Promise<string> {
    return textOf(this.#request(call));
  }

  requestBytes(call?: declared.CallOptions): ReadableStream<Uint8Array<ArrayBuffer>> {
    return byteStream(this.#request(call));
  }

  async resultIds(call?: declared.CallOptions): Promise<string[]> {
    return this.#run(check.call(call), (operation, job, id) => operation.v1ResultIds(job, id));
  }

  result<T extends object = Record<string, unknown>>(
    id: string,
    options?: declared.ReadOptions,
  ): declared.Rows<declared.RecordRow<T>> {
    checkId(id, "id");
    const task = { ...check.read(options), ...this.#task() };
    return rowsOf(this.#client, task, (operation) => operation.v1Result(this.job.id, this.id, id));
  }

  records<T extends object = Record<string, unknown>>(
    options?: declared.ReadOptions & declared.WaitOptions,
  ): declared.Rows<declared.RecordRow<T>> {
    const { poll, ...read } = check.readAndWait(options);
    const task = { ...read, ...this.#task() };
    return rowsOf(this.#client, task, (operation) =>
      operation.v1Records(this.job.id, this.id, poll),
    );
  }

  results(options?: declared.WaitOptions): declared.Rows<declared.Outcome & { index: number }> {
    const { poll, ...wait } = check.wait(options);
    const task = { ...wait, ...this.#task() };
    const make = (operation: Operation) => operation.v1Outcomes(this.job.id, this.id, poll);
    return rowsOf(this.#client, task, make, parseJson);
  }

  #request(call: declared.CallOptions | undefined): Feed {
    const task = { ...check.call(call), ...this.#task() };
    return feedOf(this.#client, task, (operation) => operation.v1Request(this.job.id, this.id));
  }

  #run<T>(options: TaskOptions, action: Action<T>): Promise<T> {
    return run(this.#client, { ...options, ...this.#task() }, (operation) =>
      action(operation, this.job.id, this.id),
    );
  }

  #task(): TaskOptions {
    const attach = () => `bulk.v1.job("${this.job.id}").batch("${this.id}").wait()`;
    return { attach, jobId: this.job.id, batchId: this.id, scope: this.#scope };
  }
}
