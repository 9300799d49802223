/** A Bulk API 2.0 query job. */
import { bulkError } from "../errors.ts";
import * as check from "../options/v2.ts";
import { Feed } from "../rows/feed.ts";
import { Rows } from "../rows/rows.ts";
import { openReader, rowsOf } from "../rows/transfer.ts";
import { run, Task } from "../task/task.ts";
import { V2Job } from "./job.ts";

export class QueryJob extends V2Job {
  #client;

  /**
   * @param {import("../client/client.ts").Client} client
   * @param {string} id
   */
  constructor(client, id) {
    super(client, "query", id);
    this.#client = client;
  }

  async results(options) {
    const { page } = await openPage(this.#client, this.id, check.page(options));
    return page;
  }

  pages(options) {
    return pagesOf(this.#client, this.id, check.page(options));
  }

  async resultPages(call) {
    const task = { ...check.call(call), jobId: this.id };
    return run(this.#client, task, (operation) => operation.v2ResultPages(this.id));
  }

  records(options) {
    const { poll, ...read } = check.readAndWait(options);
    const attach = () => `bulk.v2.queryJob("${this.id}").records()`;
    const task = { ...read, attach, jobId: this.id };
    return rowsOf(this.#client, task, (operation) => operation.v2QueryRecords(this.id, poll));
  }
}

class ResultPage extends Rows {
  #locator;

  constructor(feed, { locator, numberOfRecords }) {
    super(feed);
    this.#locator = locator;
    this.numberOfRecords = numberOfRecords ?? null;
  }

  /** The last page's is the text `null`. One that is not there says nothing: this may be any page. */
  get locator() {
    if (typeof this.#locator !== "string") throw bulkError("response", NO_LOCATOR);
    return ["null", ""].includes(this.#locator) ? null : this.#locator;
  }
}

const NO_LOCATOR =
  "The header Sforce-Locator of a result page is missing, or the browser hides it, so the next page cannot be found: " +
  "read all rows with records(), list the pages with resultPages(), or let the org expose the header.";

async function openPage(client, id, { locator, maxRecords, ...options }) {
  const task = new Task(client, { ...options, jobId: id });
  try {
    const make = (operation) => operation.v2Results(id, { locator, maxRecords });
    const reader = await openReader(task, make);
    const head = await task.ask(() => reader.open());
    const feed = new Feed(() => ({ task, readers: only(reader) }), options);
    return { page: new ResultPage(feed, head), task };
  } catch (error) {
    task.end();
    throw error;
  }
}

async function* only(reader) {
  yield reader;
}

/** A page that the server is to size may stall; one of so many rows is soon there. */
const PAGE_ROWS = 50_000;

/** A page that was not read to its end when the next is asked for would hold its connection for nothing. */
async function* pagesOf(client, id, options) {
  const { maxRecords = PAGE_ROWS } = options;
  let { locator } = options;
  do {
    const { page, task } = await openPage(client, id, { ...options, maxRecords, locator });
    // Before it is given out: a page that does not say what follows must not pass for the last one.
    locator = page.locator;
    try {
      yield page;
    } finally {
      task.stop(
        bulkError("used", "This page was left for the next one: read each page before the next."),
      );
    }
  } while (locator !== null);
}
