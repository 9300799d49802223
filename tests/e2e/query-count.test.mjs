/** The rows are counted against the job's own number: neither too few nor too many pass in silence. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { failure } from "./support/failure.mjs";
import { useOrg } from "./support/org.mjs";
import { joined, readAll } from "./support/reading.mjs";

const org = useOrg({ contacts: 30, config: { pageSize: 10 } });
const SOQL = "SELECT Id FROM Contact";

/** A `fetch` that has the org's jobs claim another number of records. */
function claiming(count) {
  return async (url, init) => {
    const response = await fetch(url, init);
    if (!/jobs\/query\/\w{18}$/.test(url)) return response;
    const job = await response.json();
    if (job.numberRecordsProcessed !== undefined) job.numberRecordsProcessed = count;
    return Response.json(job);
  };
}

const reads = {
  rows: (rows) => readAll(rows),
  chunks: (rows) => readAll(rows.chunks()),
  bytes: (rows) => joined(rows.bytes()),
  toArray: (rows) => rows.toArray(),
};

for (const expected of [29, 31]) {
  for (const [name, read] of Object.entries(reads)) {
    test(`${name}: 30 rows where the job has ${expected}`, async () => {
      const rows = org.connect({ fetch: claiming(expected) }).query(SOQL);
      const error = await failure(read(rows), { code: "incomplete", expected });
      assert.match(error.jobId, /^750/);
      if (expected > 30) assert.equal(error.received, 30);
    });
  }
}

test("a page that the org leaves out is missed", async () => {
  const leaveOut = async (url, init) => {
    const response = await fetch(url, init);
    if (!/resultPages/i.test(url)) return response;
    const list = await response.json();
    return Response.json({ ...list, resultPages: list.resultPages.slice(1) });
  };
  const rows = org.connect({ fetch: leaveOut }).query(SOQL).toArray();
  await failure(rows, { code: "incomplete", expected: 30, received: 20 });
});

test("a job's own rows are counted, too", async () => {
  const bulk = org.connect({ fetch: claiming(7) });
  const job = await bulk.v2.createQueryJob({ query: SOQL });
  await failure(job.records().toArray(), { code: "incomplete", expected: 7, jobId: job.id });
});
