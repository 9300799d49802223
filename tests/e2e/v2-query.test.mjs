/** Query jobs of Bulk API 2.0, page by page. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { failure } from "./support/failure.mjs";
import { useOrg } from "./support/org.mjs";
import { joined, readAll } from "./support/reading.mjs";

const org = useOrg({ contacts: 50, accounts: 2, config: { pageSize: 20 } });
const query = "SELECT Id FROM Contact ORDER BY Id";

const storedIds = async () => (await org.stored(query)).map(({ Id }) => Id);
const idsOf = (rows) => rows.map(({ Id }) => Id);

async function finished(options = {}) {
  const job = await org.connect().v2.createQueryJob({ query, ...options });
  await job.wait();
  return job;
}

test("create, wait, records", async () => {
  await org.configure({ queueMs: 100 });
  const job = await org.connect().v2.createQueryJob({ query });
  assert.ok(["UploadComplete", "InProgress"].includes((await job.status()).state));
  const info = await job.wait();
  const { state, operation, object, numberRecordsProcessed } = info;
  assert.deepEqual(
    { state, operation, object, numberRecordsProcessed },
    { state: "JobComplete", operation: "query", object: "Contact", numberRecordsProcessed: 50 },
  );
  assert.deepEqual(idsOf(await job.records().toArray()), await storedIds());
});

test("records() waits by itself", async () => {
  const job = await org.connect().v2.createQueryJob({ query, operation: "queryAll" });
  assert.equal((await job.records().toArray()).length, 50);
});

test("results() with its locator, page by page", async () => {
  const job = await finished();
  const sizes = [];
  const ids = [];
  let locator;
  do {
    const page = await job.results({ locator, maxRecords: 15 });
    sizes.push(page.numberOfRecords);
    ids.push(...idsOf(await page.toArray()));
    locator = page.locator ?? undefined;
  } while (locator !== undefined);
  assert.deepEqual(sizes, [15, 15, 15, 5]);
  assert.deepEqual(ids, await storedIds());
});

test("a page has the four ways of reading, and is read once", async () => {
  const job = await finished();
  const first = (await storedIds()).slice(0, 20);
  assert.deepEqual(idsOf(await readAll(await job.results())), first);
  assert.deepEqual(idsOf((await readAll((await job.results()).chunks())).flat()), first);
  assert.match(await joined((await job.results()).bytes()), /^"Id"\n("003\w{15}"\n){20}$/);
  const page = await job.results();
  assert.deepEqual(idsOf(await page.toArray()), first);
  await failure(page.toArray(), { code: "used" });
});

test("pages() gives page after page", async () => {
  const job = await finished();
  const pages = [];
  for await (const page of job.pages({ maxRecords: 20 })) pages.push(idsOf(await page.toArray()));
  assert.deepEqual(
    pages.map(({ length }) => length),
    [20, 20, 10],
  );
  assert.deepEqual(pages.flat(), await storedIds());
});

test("pages() of another size, from a locator on", async () => {
  const job = await finished();
  const { locator } = await job.results({ maxRecords: 30 });
  const sizes = [];
  for await (const page of job.pages({ locator, maxRecords: 8 })) {
    sizes.push((await page.toArray()).length);
  }
  assert.deepEqual(sizes, [8, 8, 4]);
});

test("a page must be read before the next is asked for", async () => {
  const job = await finished();
  const pages = job.pages({ maxRecords: 20 });
  const { value: first } = await pages.next();
  const { value: second } = await pages.next();
  await failure(first.toArray(), { code: "used" });
  assert.equal((await second.toArray()).length, 20);
});

test("resultPages() names pages that can be read in any order", async () => {
  await org.configure({ pageSize: 4 });
  const job = await finished();
  const locators = await job.resultPages();
  assert.equal(locators.length, 13, "over several answers");
  const pages = await Promise.all(
    locators.map(async (locator) => (await job.results({ locator })).toArray()),
  );
  assert.deepEqual(idsOf(pages.flat()), await storedIds());
  const last = await job.results({ locator: locators.at(-1) });
  assert.deepEqual([last.locator, last.numberOfRecords], [null, 2]);
});

test("a version without resultPages is read by locators", async () => {
  const { v2 } = org.connect({ apiVersion: "57.0" });
  const job = await v2.createQueryJob({ query });
  assert.deepEqual(idsOf(await job.records().toArray()), await storedIds());
});

test("no rows", async () => {
  const job = await finished({ query: "SELECT Id FROM Contact WHERE LastName = 'nobody'" });
  const page = await job.results();
  assert.deepEqual([page.locator, page.numberOfRecords], [null, 0]);
  assert.deepEqual(await page.toArray(), []);
  assert.deepEqual(await job.records().toArray(), []);
});

test("the dialect of the results", async () => {
  const job = await finished({ columnDelimiter: "TAB", lineEnding: "CRLF" });
  assert.match(await joined((await job.results()).bytes()), /^"Id"\r\n("003\w{15}"\r\n){20}$/);
  assert.deepEqual(idsOf(await job.records().toArray()), await storedIds());
  const attached = org.connect().v2.queryJob(job.id);
  assert.deepEqual(idsOf(await attached.records().toArray()), await storedIds());
});

test("abort and delete", async () => {
  await org.configure({ queueMs: 5000 });
  const job = await org.connect().v2.createQueryJob({ query });
  assert.equal((await job.abort()).state, "Aborted");
  await failure(job.wait(), { code: "job-aborted", jobId: job.id, state: "Aborted" });
  await failure(job.records().toArray(), { code: "job-aborted", jobId: job.id });
  await job.delete();
  await failure(job.status(), { code: "request", status: 404, jobId: job.id });
});

test("results that are not there yet", async () => {
  await org.configure({ queueMs: 5000 });
  const job = await org.connect().v2.createQueryJob({ query });
  await failure(job.results(), { code: "request", errorCode: "JOB_NOT_COMPLETE", jobId: job.id });
});

test("a locator that is none", async () => {
  const job = await finished();
  const expected = { code: "request", errorCode: "INVALID_QUERY_LOCATOR", jobId: job.id };
  await failure(job.results({ locator: "nonsense" }), expected);
});

test("a locator that does not come is no end of the rows: they are counted", async () => {
  await org.fault({ path: "/results", effect: { kind: "withholdLocator" } });
  const rows = org.connect().query(query, { maxRecords: 10 }).toArray();
  await failure(rows, { code: "incomplete", expected: 50, received: 10 });
});

for (const queryErrorMessage of [true, false]) {
  test(`a job that fails, ${queryErrorMessage ? "with" : "without"} a word`, async () => {
    await org.configure({ queryErrorMessage });
    await org.fault({
      path: "/jobs/query",
      effect: { kind: "fail", message: "QUERY_TIMEOUT : late" },
    });
    const rows = org.connect().query(query).toArray();
    const error = await failure(rows, { code: "job-failed", state: "Failed" });
    assert.equal(error.stateMessage, queryErrorMessage ? "QUERY_TIMEOUT : late" : undefined);
  });
}
