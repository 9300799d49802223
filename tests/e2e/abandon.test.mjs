/** What becomes of a job that nobody waits for any more: left, unless it is to be aborted. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { failure, thrown } from "./support/failure.mjs";
import { spoiling } from "./support/fetches.mjs";
import { jobPath, useOrg } from "./support/org.mjs";
import { readAll } from "./support/reading.mjs";

const org = useOrg({ contacts: 30, accounts: 1, config: { pageSize: 10 } });
const SOQL = "SELECT Id FROM Contact";

/** Both kinds of whole jobs. */
const kinds = {
  query: (bulk, options) => bulk.query(SOQL, options).toArray(),
  ingest: (bulk, options) => bulk.insert("Account", [{ Name: "a" }], options).done(),
};

/** When a job would have been aborted that is to be left. */
const LATER = 60;

/** How often a whole job changes its job's state: a load's is started. */
const updates = (kind) => (kind === "ingest" ? 1 : 0);

const stuck = () => org.configure({ queueMs: 60_000 });

/** The states of the jobs of a kind. */
async function states(kind) {
  const jobType = kind === "query" ? "V2Query" : "V2Ingest";
  const jobs = await readAll(org.connect().v2.jobs({ kind, jobType }));
  return jobs.map(({ state }) => state);
}

for (const [kind, call] of Object.entries(kinds)) {
  for (const [onAbort, expected] of [
    [undefined, "UploadComplete"],
    ["leave", "UploadComplete"],
    ["abort-job", "Aborted"],
  ]) {
    test(`${kind}: an abort with onAbort ${onAbort}`, async () => {
      await stuck();
      const controller = new AbortController();
      const options = { signal: controller.signal, ...(onAbort ? { onAbort } : {}) };
      const outcome = thrown(call(org.connect(), options));
      await org.until("GET", jobPath(kind), 2);
      controller.abort("enough");
      assert.equal(await outcome, "enough");
      if (expected === "Aborted") await org.until("PATCH", jobPath(kind), updates(kind) + 1);
      else await pause(LATER);
      assert.deepEqual(await states(kind), [expected]);
    });
  }

  test(`${kind}: a job that has only just been made is aborted, too`, async () => {
    await stuck();
    await org.fault({ method: "GET", path: "/jobs/", effect: { kind: "latency", ms: 2000 } });
    const controller = new AbortController();
    const options = { signal: controller.signal, onAbort: "abort-job" };
    const outcome = thrown(call(org.connect(), options));
    await org.until("GET", jobPath(kind));
    controller.abort("enough");
    assert.equal(await outcome, "enough");
    await pause(LATER);
    assert.equal(await org.count("PATCH", jobPath(kind)), updates(kind) + 1);
  });

  test(`${kind}: a job that is still being made is aborted as soon as it is there`, async () => {
    await stuck();
    const controller = new AbortController();
    const creates = (url, { method }) => method === "POST" && url.endsWith(`/jobs/${kind}`);
    const slow = async (url, init) => {
      const response = await fetch(url, init);
      controller.abort("enough");
      await pause(50);
      init.signal.throwIfAborted();
      return response;
    };
    const options = { signal: controller.signal, onAbort: "abort-job" };
    const bulk = org.connect({ fetch: spoiling(creates, slow) });
    assert.equal(await thrown(call(bulk, options)), "enough");
    await org.until("PATCH", jobPath(kind));
    assert.deepEqual(await states(kind), ["Aborted"]);
  });

  test(`${kind}: a timeout leaves the job, and says how to go on`, async () => {
    await stuck();
    const outcome = call(org.connect(), { timeout: 500, onAbort: "abort-job" });
    const effect =
      kind === "query" ? { retryable: true } : { retryable: false, outcome: "unknown" };
    const error = await failure(outcome, { code: "timeout", ...effect });
    assert.match(error.jobId, /^750\w{15}$/);
    assert.ok(error.message.includes(error.jobId), error.message);
    assert.ok(error.message.includes(`${kind}Job("${error.jobId}")`), error.message);
    await pause(LATER);
    assert.deepEqual(await states(kind), ["UploadComplete"]);
    await org.configure({ queueMs: 5 });
    const { v2 } = org.connect();
    const job = kind === "query" ? v2.queryJob(error.jobId) : v2.ingestJob(error.jobId);
    assert.equal((await job.wait()).state, "JobComplete", "it can be attached to");
  });

  test(`${kind}: a wait with a timeout`, async () => {
    await stuck();
    const { v2 } = org.connect();
    const job =
      kind === "query"
        ? await v2.createQueryJob({ query: SOQL })
        : await v2.createIngestJob({ object: "Account", operation: "insert", csv: "Name\na\n" });
    const late = { code: "timeout", jobId: job.id };
    await failure(job.wait({ timeout: 60 }), late);
    assert.deepEqual(await states(kind), ["UploadComplete"]);
  });

  test(`${kind}: a timeout that is not reached does nothing`, async () => {
    await call(org.connect(), { timeout: 5000 });
    assert.deepEqual(await states(kind), ["JobComplete"]);
  });
}

test("a timeout is for all of it: the reading of the rows too", async () => {
  const ids = [];
  const read = async () => {
    for await (const { Id } of org.connect().query(SOQL, { timeout: 600 })) {
      ids.push(Id);
      if (ids.length % 10 === 0) await pause(300);
    }
  };
  await failure(read(), { code: "timeout", retryable: true });
  assert.ok(ids.length >= 10 && ids.length < 30, `${ids.length}`);
});

test("break out of a loop aborts no job that is done", async () => {
  for await (const row of org.connect().query(SOQL, { onAbort: "abort-job" })) {
    assert.ok(row.Id);
    break;
  }
  await pause(LATER);
  assert.deepEqual(await states("query"), ["JobComplete"]);
});

test("leaving before the first row aborts the job, if so ordered", async () => {
  await stuck();
  const rows = org.connect().query(SOQL, { onAbort: "abort-job" })[Symbol.asyncIterator]();
  const first = rows.next();
  await org.until("GET", jobPath("query"), 2);
  await rows.return();
  assert.deepEqual(await first, { done: true, value: undefined });
  await org.until("PATCH", jobPath("query"));
  assert.deepEqual(await states("query"), ["Aborted"]);
});
