/** A Bulk API 1.0 job. */
import type { Client } from "../client/client.ts";
import { bulkError } from "../errors.ts";
import { id as checkId, text } from "../options/checks.ts";
import * as check from "../options/v1.ts";
import { leftEarly } from "../rows/iterators.ts";
import { TaskScope } from "../task/scope.ts";
import { run, Task, type TaskOptions } from "../task/task.ts";
import type * as declared from "../types/index.d.ts";
import { type ContentType, encode, type Plan } from "../write/encode.ts";
import { isDeletion } from "../write/id-only.ts";
import { BATCH_LIMIT } from "../write/request-body.ts";
import { HeldSource } from "../write/source.ts";
import { V1Batch } from "./batch.ts";

/** What a job's batches hold, and what becomes of it. */
type Kind = Pick<declared.V1JobInfo, "contentType" | "operation">;

/** What is sent as a batch. */
type Payload = Blob | Uint8Array | string;

export class V1Job implements declared.V1Job {
  readonly #client: Client;
  readonly #scope: TaskScope;
  #kind: Kind | undefined;
  /** Whether the job's batches so far are known to be none of a call's that is still to come. */
  #met: boolean;
  readonly id: string;

  /** What kind it is, is unknown where the job was made by someone else. */
  constructor(client: Client, id: string, kind?: Kind) {
    this.#client = client;
    this.#scope = new TaskScope();
    this.#kind = kind;
    this.#met = kind !== undefined;
    this.id = id;
  }

  async addQuery(soql: string, call?: declared.CallOptions): Promise<declared.V1Batch> {
    text(soql, "soql");
    return this.#add(check.call(call), async () => soql);
  }

  async addBatch(
    records: declared.Source,
    options?: declared.WriteOptions & declared.CallOptions,
  ): Promise<declared.V1Batch> {
    const { signal, timeout, ...rules } = check.write(options);
    const source = new HeldSource(records);
    const body = (task: Task, kind: Kind) => batchBody(task, source, kind, rules);
    return this.#add({ signal, timeout }, body, source.close);
  }

  async postMapping(spec: declared.Source, call?: declared.CallOptions): Promise<void> {
    const options = this.#of(call);
    const source = new HeldSource(spec, "spec");
    const task = new Task(this.#client, options);
    try {
      // The values of a mapping are no fields: nothing in it means null.
      const plan: Plan = { limit: BATCH_LIMIT, delimiter: "COMMA", rules: { nullText: "" } };
      const { payload } = await encode(task, source, plan);
      await task.ask((operation) => operation.v1PostMapping(this.id, payload));
    } finally {
      task.end();
    }
  }

  async status(call?: declared.CallOptions): Promise<declared.V1JobInfo> {
    const ask = run(this.#client, this.#of(call), (operation) => operation.v1Job(this.id));
    const info: declared.V1JobInfo = await ask;
    this.#kind = info;
    return info;
  }

  async batches(call?: declared.CallOptions): Promise<declared.V1BatchInfo[]> {
    return run(this.#client, this.#of(call), (operation) => operation.v1Batches(this.id));
  }

  batch(id: string): V1Batch {
    return new V1Batch(this.#client, this, checkId(id, "id"), this.#scope);
  }

  async wait(options?: declared.WaitOptions): Promise<declared.V1BatchInfo[]> {
    const { poll, ...wait } = check.wait(options);
    const attach = () => `bulk.v1.job("${this.id}").wait()`;
    const task = { ...wait, jobId: this.id, scope: this.#scope, attach };
    return run(this.#client, task, (operation) => operation.v1WaitJob(this.id, poll));
  }

  async close(call?: declared.CallOptions): Promise<declared.V1JobInfo> {
    return this.#setState("Closed", call);
  }

  async abort(call?: declared.CallOptions): Promise<declared.V1JobInfo> {
    return this.#setState("Aborted", call);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#scope.stop(leftEarly());
  }

  #setState(
    state: "Closed" | "Aborted",
    call: declared.CallOptions | undefined,
  ): Promise<declared.V1JobInfo> {
    return run(this.#client, this.#of(call), (operation) => operation.v1SetState(this.id, state));
  }

  #of(call: declared.CallOptions | undefined): TaskOptions {
    return { ...check.call(call), jobId: this.id, scope: this.#scope };
  }

  /**
   * Looks at a job that someone else has made: what its batches hold, and which there are. After a lost answer a batch
   * is known by its data, so one that was there before must not be taken for the one that was to be added.
   */
  async #meet(task: Task): Promise<Kind> {
    const info: declared.V1JobInfo = await task.ask((operation) => operation.v1Job(this.id));
    const batches: declared.V1BatchInfo[] = await task.ask((operation) =>
      operation.v1Batches(this.id),
    );
    for (const { id } of batches) this.#client.meet(id);
    this.#kind = info;
    this.#met = true;
    return info;
  }

  /** Adds the batch that `bodyOf(task, kind)` makes; `onStop(reason)` is told if it comes to nothing. */
  async #add(
    call: TaskOptions,
    bodyOf: (task: Task, kind: Kind) => Promise<Payload>,
    onStop: (reason: unknown) => void = ignore,
  ): Promise<declared.V1Batch> {
    const task = new Task(this.#client, { ...call, jobId: this.id, scope: this.#scope });
    task.onStop(onStop);
    try {
      const known = this.#met ? this.#kind : undefined;
      const kind = known ?? (await this.#meet(task));
      const body = await bodyOf(task, kind);
      const { contentType } = kind;
      const added = task.ask((operation) => operation.v1AddBatch(this.id, contentType, body));
      const made: declared.V1BatchInfo = await added;
      return this.batch(made.id);
    } catch (error) {
      task.stop(error);
      throw error;
    } finally {
      task.end();
    }
  }
}

async function batchBody(
  task: Task,
  source: HeldSource,
  { contentType, operation }: Kind,
  rules: Plan["rules"],
): Promise<Payload> {
  if (!isOfRecords(contentType)) {
    throw new TypeError(`records cannot be added to a job of the content type ${contentType}`);
  }
  const idOnly = isDeletion(operation);
  const plan = { contentType, limit: BATCH_LIMIT, delimiter: "COMMA", rules, idOnly };
  const { payload, records } = await encode(task, source, plan);
  if (records === 0) throw bulkError("record", "There are no records: a batch needs at least one.");
  return payload;
}

function isOfRecords(contentType: Kind["contentType"]): contentType is ContentType {
  return contentType === "CSV" || contentType === "JSON" || contentType === "XML";
}

function ignore(): void {}
