/** The jobs of an org, page after page of their list. */
import type { Client } from "../client/client.ts";
import { bulkError } from "../errors.ts";
import type { Supply } from "../rows/iterators.ts";
import { Task, type TaskOptions } from "../task/task.ts";
import type { V2JobInfo } from "../types/index.d.ts";

interface JobPage {
  readonly records: V2JobInfo[];
  readonly locator?: string | null;
}

export class JobSupply implements Supply<V2JobInfo> {
  readonly #client: Client;
  readonly #wanted: object;
  readonly #call: TaskOptions;
  #jobs: V2JobInfo[] = [];
  /** Of the next page: undefined is the first, null that there is none. */
  #locator: string | null | undefined;
  #task: Task | undefined;

  constructor(client: Client, wanted: object, call: TaskOptions) {
    this.#client = client;
    this.#wanted = wanted;
    this.#call = call;
  }

  ready(): V2JobInfo | undefined {
    return this.#jobs.shift();
  }

  async next(): Promise<V2JobInfo | undefined> {
    while (this.#jobs.length === 0 && this.#locator !== null) await this.#nextPage();
    return this.#jobs.shift();
  }

  stop(reason: unknown): void {
    this.#jobs = [];
    this.#locator = null;
    this.#task?.stop(reason);
  }

  async #nextPage(): Promise<void> {
    const before = this.#locator;
    const { records, locator = null } = await this.#ask(before);
    if (locator !== null && locator === before) {
      throw bulkError("response", "The list of jobs names the same page as the next one again.");
    }
    this.#jobs = records;
    this.#locator = locator;
  }

  async #ask(locator: string | null | undefined): Promise<JobPage> {
    const wanted = locator === undefined ? this.#wanted : { ...this.#wanted, locator };
    const task = new Task(this.#client, this.#call);
    this.#task = task;
    try {
      return await task.ask((operation) => operation.v2List(wanted));
    } finally {
      task.end();
    }
  }
}
