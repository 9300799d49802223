/** Waiting in Bulk API 1.0: however many wait on one job, its batches are asked for once a time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { failure, thrown } from "./support/failure.mjs";
import { useOrg } from "./support/org.mjs";

/** A job takes about ten polls. */
const org = useOrg({ contacts: 10, accounts: 1, config: { queueMs: 100, processingMs: 300 } });
const SOQL = "SELECT Id FROM Contact";
const LIST = /job\/\w+\/batch$/;
const POLL = { first: 40, max: 40 };

async function tenBatches(bulk = org.connect({ poll: POLL })) {
  const job = await bulk.v1.createQueryJob("Contact");
  const batches = [];
  for (let at = 0; at < 10; at++) batches.push(await job.addQuery(SOQL));
  return { job, batches };
}

/** How often the list is asked for while `wait` lasts. */
async function polls(wait) {
  await org.control("log"); // The connection is there.
  const before = await org.count("GET", LIST);
  await wait();
  return (await org.count("GET", LIST)) - before;
}

test("ten waits on one job make one series of polls", async () => {
  const one = await tenBatches();
  const alone = await polls(() => one.batches[9].wait());
  const ten = await tenBatches();
  const together = await polls(() => Promise.all(ten.batches.map((batch) => batch.wait())));
  assert.ok(alone >= 4, `${alone} polls of one wait`);
  assert.ok(together <= alone * 2, `${together} polls of ten waits, ${alone} of one`);
});

test("waits by handles of their own share them, too", async () => {
  const { job, batches } = await tenBatches();
  const bulk = org.connect({ poll: POLL });
  const waits = batches.map(
    ({ id }) =>
      () =>
        bulk.v1.job(job.id).batch(id).wait(),
  );
  const together = await polls(() => Promise.all(waits.map((wait) => wait())));
  assert.ok(together <= 24, `${together} polls`);
});

test("a wait that is aborted leaves the others alone", async () => {
  const { batches } = await tenBatches();
  const controller = new AbortController();
  const mine = new Error("mine");
  const aborted = batches[0].wait({ signal: controller.signal });
  const others = batches.slice(1).map((batch) => batch.wait());
  await pause(60);
  controller.abort(mine);
  assert.equal(await thrown(aborted), mine);
  const states = (await Promise.all(others)).map(({ state }) => state);
  assert.deepEqual([...new Set(states)], ["Completed"]);
});

test("one batch that fails fails its own wait and the job's, not the others'", async () => {
  const { job, batches } = await tenBatches();
  const bad = await job.addQuery("SELECT Nothing__c FROM Contact");
  const good = batches.map((batch) => batch.wait());
  await failure(bad.wait(), { code: "job-failed", batchId: bad.id });
  await failure(job.wait(), { code: "job-failed", batchId: bad.id });
  for (const { state } of await Promise.all(good)) assert.equal(state, "Completed");
});

test("the timeout of a wait leaves the job as it is", async () => {
  const { job, batches } = await tenBatches();
  const late = { code: "timeout", jobId: job.id, retryable: true };
  await failure(batches[0].wait({ timeout: 60 }), { ...late, batchId: batches[0].id });
  await failure(job.wait({ timeout: 60 }), late);
  await failure(batches[0].records({ timeout: 60 }).toArray(), late);
  assert.equal((await job.status()).state, "Open");
  assert.equal((await batches[0].wait()).state, "Completed", "it can be waited for again");
});

test("a job that is aborted ends its waits", async () => {
  await org.configure({ queueMs: 5000 });
  const { job, batches } = await tenBatches();
  const waiting = batches[0].wait();
  await pause(60);
  await job.abort();
  const where = { jobId: job.id, batchId: batches[0].id };
  await failure(waiting, { code: "job-aborted", ...where });
  await failure(batches[0].records().toArray(), { code: "job-aborted", ...where });
});

test("a wait's own poll goes before the client's", async () => {
  const bulk = org.connect({ poll: { first: 60_000, max: 60_000 } });
  const { batches } = await tenBatches(bulk);
  assert.equal((await batches[0].wait({ poll: POLL })).state, "Completed");
});
