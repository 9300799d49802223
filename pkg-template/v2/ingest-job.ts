/** A Bulk API 2.0 ingest job. */
import type { Client } from "../client/client.ts";
import * as check from "../options/v2.ts";
import { rowsOf } from "../rows/transfer.ts";
import { Task } from "../task/task.ts";
import type * as declared from "../types/index.d.ts";
import { encode, type Plan } from "../write/encode.ts";
import { isDeletion } from "../write/id-only.ts";
import { JOB_LIMIT } from "../write/request-body.ts";
import { HeldSource } from "../write/source.ts";
import { V2Job } from "./job.ts";

/** How the job's data is written. */
type Dialect = Pick<declared.V2JobInfo, "columnDelimiter" | "lineEnding" | "operation">;

type Result = "successfulResults" | "failedResults" | "unprocessedrecords";
type ResultRow = declared.TextRow<Record<string, string>>;

export class IngestJob extends V2Job implements declared.IngestJob {
  /** Unknown where someone else made the job. */
  #dialect: Dialect | undefined;

  constructor(client: Client, id: string, dialect?: Dialect) {
    super(client, "ingest", id);
    this.#dialect = dialect;
  }

  async upload(
    source: declared.Source,
    options?: declared.WriteOptions & declared.CallOptions,
  ): Promise<void> {
    const { signal, timeout, ...rules } = check.write(options);
    const held = new HeldSource(source, "source");
    const task = new Task(this.client, this.taskOf({ signal, timeout }));
    task.onStop(held.close);
    try {
      const plan = planOf(await this.#dialectOf(task), rules);
      const { payload } = await encode(task, held, plan);
      await task.ask((operation) => operation.v2Upload(this.id, payload));
    } catch (error) {
      task.stop(error);
      throw error;
    } finally {
      task.end();
    }
  }

  async uploadComplete(call?: declared.CallOptions): Promise<declared.V2JobInfo> {
    return this.run(check.call(call), (operation) => operation.v2Start(this.id));
  }

  successfulResults(options?: declared.ReadOptions): declared.Rows<ResultRow> {
    return this.#results("successfulResults", options);
  }

  failedResults(options?: declared.ReadOptions): declared.Rows<ResultRow> {
    return this.#results("failedResults", options);
  }

  unprocessedRecords(options?: declared.ReadOptions): declared.Rows<ResultRow> {
    return this.#results("unprocessedrecords", options);
  }

  #results(which: Result, options?: declared.ReadOptions): declared.Rows<ResultRow> {
    const task = this.taskOf(check.read(options));
    return rowsOf(this.client, task, (operation) => operation.v2IngestResults(this.id, which));
  }

  async #dialectOf(task: Task): Promise<Dialect> {
    const ask = () => task.ask((operation) => operation.v2Job("ingest", this.id));
    const dialect: Dialect = this.#dialect ?? (await ask());
    this.#dialect = dialect;
    return dialect;
  }
}

function planOf(dialect: Dialect, rules: Plan["rules"]): Plan {
  const { columnDelimiter: delimiter = "COMMA", lineEnding = "LF", operation } = dialect;
  return { limit: JOB_LIMIT, delimiter, lineEnding, rules, idOnly: isDeletion(operation) };
}
