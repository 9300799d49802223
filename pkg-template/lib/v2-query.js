/** A Bulk API 2.0 query job. */
import { bulkError } from "./errors.js";
import { Feed } from "./feed.js";
import * as check from "./options.js";
import { Rows } from "./rows.js";
import { run, Task } from "./task.js";
import { openReader, rowsOf } from "./transfer.js";
import { V2Job } from "./v2-job.js";

export class QueryJob extends V2Job {
  #client;

  /**
   * @param {import("./client.js").Client} client
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
    return run(this.#client, task, (operation) => operation.call("v2ResultPages", [this.id]));
  }

  records(options) {
    const { poll, ...read } = check.readAndWait(options);
    const attach = () => `bulk.v2.queryJob("${this.id}").records()`;
    const task = { ...read, attach, jobId: this.id };
    return rowsOf(this.#client, task, (operation) =>
      operation.read("v2QueryRecords", [this.id, poll]),
    );
  }
}

class ResultPage extends Rows {
  constructor(feed, { locator, numberOfRecords }) {
    super(feed);
    this.locator = locator ?? null;
    this.numberOfRecords = numberOfRecords ?? null;
  }
}

async function openPage(client, id, { locator, maxRecords, ...options }) {
  const task = new Task(client, { ...options, jobId: id });
  try {
    const make = (operation) => operation.read("v2Results", [id, { locator, maxRecords }]);
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

/** A page that was not read to its end when the next is asked for would hold its connection for nothing. */
async function* pagesOf(client, id, options) {
  let { locator } = options;
  do {
    const { page, task } = await openPage(client, id, { ...options, locator });
    try {
      yield page;
    } finally {
      task.stop(
        bulkError("used", "This page was left for the next one: read each page before the next."),
      );
    }
    locator = page.locator;
  } while (locator !== null);
}
