/** Result pages of a query job, one by its locator or one after another. */
import type { Reader } from "#glue";
import type { Client } from "../client/client.ts";
import { bulkError } from "../errors.ts";
import type * as check from "../options/v2.ts";
import { Feed } from "../rows/feed.ts";
import type { Supply } from "../rows/iterators.ts";
import { Rows } from "../rows/rows.ts";
import { type MakeReader, openReader } from "../rows/transfer.ts";
import { Task, type TaskOptions } from "../task/task.ts";
import type * as declared from "../types/index.d.ts";

/** Which page, and how it is read. */
export type PagePlan = check.Page & TaskOptions & { readonly jobId: string };

/** What the head of a page's answer says. */
interface Head {
  readonly locator: string | null | undefined;
  readonly numberOfRecords: number | null | undefined;
}

/** A page that is there, and the task that reads it. */
interface OpenPage<T> {
  readonly page: ResultPage<T>;
  readonly task: Task;
}

class ResultPage<T> extends Rows<T> implements declared.ResultPage<T> {
  readonly #locator: string | null | undefined;
  readonly numberOfRecords: number | null;

  constructor(feed: Feed, { locator, numberOfRecords }: Head) {
    super(feed);
    this.#locator = locator;
    this.numberOfRecords = numberOfRecords ?? null;
  }

  /** The last page's is the text `null`. One that is not there says nothing: this may be any page. */
  get locator(): string | null {
    if (typeof this.#locator !== "string") throw bulkError("response", NO_LOCATOR);
    return ["null", ""].includes(this.#locator) ? null : this.#locator;
  }
}

const NO_LOCATOR =
  "The header Sforce-Locator of a result page is missing, or the browser hides it, so the next page cannot be found: " +
  "read all rows with records(), list the pages with resultPages(), or let the org expose the header.";

/** Asks for a page, and waits for the head of the answer. */
export async function openPage<T>(client: Client, plan: PagePlan): Promise<OpenPage<T>> {
  const task = new Task(client, plan);
  return { task, page: await pageOf<T>(task, plan) };
}

async function pageOf<T>(task: Task, plan: PagePlan): Promise<ResultPage<T>> {
  const { jobId, locator, maxRecords } = plan;
  try {
    const make: MakeReader = (operation) => operation.v2Results(jobId, { locator, maxRecords });
    const reader = await openReader(task, make, plan);
    const head: Head = await task.ask(() => reader.open());
    return new ResultPage<T>(new Feed(() => ({ task, readers: only(reader) }), plan), head);
  } catch (error) {
    task.end();
    throw error;
  }
}

async function* only(reader: Reader): AsyncGenerator<Reader, void> {
  yield reader;
}

/** A page that the server is to size may stall; one of so many rows is soon there. */
const PAGE_ROWS = 50_000;

/** Page after page, each to be read before the next. */
export class PageSupply<T> implements Supply<declared.ResultPage<T>> {
  readonly #client: Client;
  readonly #plan: PagePlan;
  /** Of the next page: undefined is the first, null that there is none. */
  #locator: string | null | undefined;
  #task: Task | undefined;

  constructor(client: Client, plan: PagePlan) {
    this.#client = client;
    this.#plan = { ...plan, maxRecords: plan.maxRecords ?? PAGE_ROWS };
    this.#locator = plan.locator;
  }

  async next(): Promise<declared.ResultPage<T> | undefined> {
    // A page that was not read to its end would hold its connection for nothing.
    this.#task?.stop(
      bulkError("used", "This page was left for the next one: read each page before the next."),
    );
    if (this.#locator === null) return undefined;
    const plan = { ...this.#plan, locator: this.#locator };
    const task = new Task(this.#client, plan);
    this.#task = task;
    const page = await pageOf<T>(task, plan);
    // Before it is given out: a page that does not say what follows must not pass for the last one.
    this.#locator = page.locator;
    return page;
  }

  stop(reason: unknown): void {
    this.#task?.stop(reason);
  }
}
