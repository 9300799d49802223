/** The org's jobs, over all pages of the list. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { failure, thrown, typeError } from "./support/failure.mjs";
import { useOrg } from "./support/org.mjs";
import { readAll } from "./support/reading.mjs";

const org = useOrg({ contacts: 5, accounts: 1, config: { listPageSize: 3 } });
const query = "SELECT Id FROM Contact";

async function makeJobs() {
  const { v1, v2 } = org.connect();
  const made = { ingest: [], query: [], classic: [] };
  for (let at = 0; at < 8; at++) {
    made.ingest.push((await v2.createIngestJob({ object: "Account", operation: "insert" })).id);
    made.query.push((await v2.createQueryJob({ query })).id);
  }
  const serial = await v1.createInsertJob("Account", { concurrencyMode: "Serial" });
  const parallel = await v1.createInsertJob("Account");
  made.classic.push(serial.id, parallel.id);
  return made;
}

async function list(options) {
  return readAll(org.connect().v2.jobs(options));
}

const idsOf = (jobs) => jobs.map(({ id }) => id).sort();

test("all pages of both lists", async () => {
  const made = await makeJobs();
  assert.deepEqual(idsOf(await list({ kind: "query", jobType: "V2Query" })), made.query.sort());
  const ingest = await list({ kind: "ingest", jobType: "V2Ingest" });
  assert.deepEqual(idsOf(ingest), made.ingest.sort());
  assert.ok((await org.count("GET", /jobs\/ingest/)) >= 3);
  for (const { object, operation, state } of ingest) {
    assert.deepEqual([object, operation, state], ["Account", "insert", "Open"]);
  }
});

test("jobs of Bulk API 1.0, and those of one mode", async () => {
  const made = await makeJobs();
  const classic = await list({ kind: "ingest", jobType: "Classic" });
  assert.deepEqual(idsOf(classic), [...made.classic].sort());
  const serial = await list({ kind: "ingest", jobType: "Classic", concurrencyMode: "Serial" });
  assert.deepEqual(idsOf(serial), [made.classic[0]]);
});

test("no jobs", async () => {
  assert.deepEqual(await list({ kind: "query" }), []);
  assert.deepEqual(await list({ kind: "ingest", pkChunking: true }), []);
});

test("the list is lazy, and stops where it is left", async () => {
  await makeJobs();
  const jobs = org.connect().v2.jobs({ kind: "query" });
  assert.equal(await org.count("GET", /jobs\/query/), 0);
  for await (const job of jobs) {
    assert.ok(job.id);
    break;
  }
  assert.equal(await org.count("GET", /jobs\/query/), 1);
});

test("an abort ends it with its reason", async () => {
  await makeJobs();
  const controller = new AbortController();
  const mine = new Error("mine");
  const jobs = org.connect().v2.jobs({ kind: "query", signal: controller.signal });
  await jobs.next();
  controller.abort(mine);
  assert.equal(await thrown(readAll(jobs)), mine);
});

test("a list that names the same page again is an error, not a loop", async () => {
  await makeJobs();
  const again = async (url, init) => {
    const response = await fetch(url, init);
    const page = await response.json();
    const nextRecordsUrl = "/services/data/v66.0/jobs/query?queryLocator=same";
    return Response.json({ ...page, done: false, nextRecordsUrl });
  };
  const { v2 } = org.connect({ fetch: again });
  await failure(readAll(v2.jobs({ kind: "query" })), { code: "response" }).catch(async () => {
    // The org itself refuses a locator that it did not give.
    await failure(readAll(v2.jobs({ kind: "query" })), { code: "request" });
  });
});

test("a kind that is none", () => typeError(() => org.connect().v2.jobs({ kind: "all" }), /kind/));
