/** Connections that are lost before or after the effect: nothing is lost, and nothing is there twice. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { failure, thrown } from "./support/failure.mjs";
import { useOrg } from "./support/org.mjs";
import { readAll } from "./support/reading.mjs";

const org = useOrg({ contacts: 10, accounts: 0 });
const RECORDS = [
  { Name: "first", Ext__c: "1" },
  { Name: "second", Ext__c: "2" },
];

/** Each route loads RECORDS; a rule says which of its requests is spoiled. */
const steps = {
  "2.0, create": ["POST", "/jobs/ingest", byLoad],
  "2.0, upload": ["PUT", "/batches", byLoad],
  "2.0, upload complete": ["PATCH", "/jobs/ingest/", byLoad],
  "2.0, status": ["GET", "/jobs/ingest/", byLoad],
  "1.0, create": ["POST", "/services/async/66.0/job", byBatch],
  "1.0, add batch": ["POST", "/batch", byBatch],
  "1.0, close": ["POST", "/services/async/66.0/job/", byClosing],
  "1.0, status": ["GET", "/batch", byBatch],
};

/** How the answer gets lost: the connection before or after the effect, or an answer cut short. */
const losses = {
  "before the effect": { kind: "dropBefore" },
  "after the effect": { kind: "dropAfter" },
  "in the answer": { kind: "cut", fraction: 0.3 },
};

async function byLoad(bulk) {
  return (await bulk.insert("Account", RECORDS).done()).succeeded;
}

async function byBatch(bulk) {
  const job = await bulk.v1.createInsertJob("Account");
  const batch = await job.addBatch(RECORDS);
  return (await batch.results().toArray()).filter(({ success }) => success).length;
}

/** The rule fits the closing only because the batch is there already when it is ordered. */
async function byClosing(bulk, order) {
  const job = await bulk.v1.createInsertJob("Account");
  const batch = await job.addBatch(RECORDS);
  await order();
  assert.equal((await job.close()).state, "Closed");
  return (await batch.results().toArray()).filter(({ success }) => success).length;
}

/** What has not arrived yet may arrive later, so it is not sent again to a job that stays open. */
const unknown = new Set(["1.0, add batch: before the effect"]);

for (const [name, [method, path, load]] of Object.entries(steps)) {
  for (const [how, effect] of Object.entries(losses)) {
    if (unknown.has(`${name}: ${how}`)) continue;
    test(`${name}: lost ${how}`, async () => {
      const order = () => org.fault({ method, path, times: 1, effect });
      if (load !== byClosing) await order();
      assert.equal(await load(org.connect(), order), 2);
      const stored = await org.stored("SELECT Name, Ext__c FROM Account ORDER BY Ext__c");
      assert.deepEqual(stored, RECORDS);
      assert.deepEqual(await org.control("faults"), [], "the fault struck");
    });
  }
}

test("1.0, add batch: lost before the effect it is not known to be, and said so", async () => {
  await org.fault({
    method: "POST",
    path: "/batch",
    times: 1,
    effect: losses["before the effect"],
  });
  const job = await org.connect().v1.createInsertJob("Account");
  const error = await failure(job.addBatch(RECORDS), {
    code: "network",
    retryable: false,
    outcome: "unknown",
    jobId: job.id,
    message: /Close its job.+add to a new job/,
  });
  assert.equal(await org.count("POST", /\/batch$/), 1, "sent once");
  assert.match(error.message, /not known/);
});

for (const kind of ["dropBefore", "dropAfter"]) {
  test(`2.0: an upload lost on the way leaves no job open, ${kind}`, async () => {
    await org.fault({ method: "PUT", path: "/batches", times: 1, effect: { kind } });
    const bulk = org.connect();
    await byLoad(bulk);
    const jobs = await readAll(bulk.v2.jobs({ kind: "ingest", jobType: "V2Ingest" }));
    const states = jobs.map(({ state }) => state).sort();
    assert.equal(states.filter((state) => state === "JobComplete").length, 1);
    assert.ok(!states.includes("Open"), states.join());
  });
}

test("1.0: the same batch twice on purpose is two batches, also when answers are lost", async () => {
  const job = await org.connect().v1.createInsertJob("Contact");
  const records = [{ LastName: "twice" }];
  const order = { method: "POST", path: "/batch", times: 1, effect: { kind: "dropAfter" } };
  await org.fault(order);
  const first = await job.addBatch(records);
  await org.fault(order);
  const second = await job.addBatch(records);
  assert.notEqual(first.id, second.id);
  await job.wait();
  assert.equal((await job.batches()).length, 2);
  assert.equal(await org.total("SELECT Id FROM Contact WHERE LastName = 'twice'"), 2);
});

test("1.0: the same batch twice at once, both answers lost", async () => {
  const job = await org.connect().v1.createInsertJob("Contact");
  const records = [{ LastName: "at once" }];
  await org.fault({ method: "POST", path: "/batch", times: 2, effect: { kind: "dropAfter" } });
  const batches = await Promise.all([job.addBatch(records), job.addBatch(records)]);
  assert.notEqual(batches[0].id, batches[1].id);
  await job.wait();
  assert.equal(await org.total("SELECT Id FROM Contact WHERE LastName = 'at once'"), 2);
});

for (const contentType of ["CSV", "JSON", "XML"]) {
  test(`1.0: a query whose answer is lost is one batch, ${contentType}`, async () => {
    const { v1 } = org.connect();
    await org.fault({ method: "POST", path: "/batch", times: 1, effect: { kind: "dropAfter" } });
    const batch = await v1.query("SELECT Id FROM Contact", { contentType });
    assert.equal((await batch.records().toArray()).length, 10);
    assert.equal((await batch.job.batches()).length, 1);
  });
}

test("2.0: a job made with its data is not sent again, and the error says what to do", async () => {
  for (const kind of ["dropBefore", "dropAfter"]) {
    await org.begin();
    await org.fault({ method: "POST", path: "/jobs/ingest", times: 1, effect: { kind } });
    const options = { object: "Account", operation: "insert", csv: "Name\na\n" };
    const error = await thrown(org.connect().v2.createIngestJob(options));
    assert.equal(error.code, "network");
    assert.match(error.message, /list the org's ingest jobs/);
    assert.deepEqual([error.retryable, error.outcome], [false, "unknown"]);
    const jobs = await readAll(org.connect().v2.jobs({ kind: "ingest" }));
    assert.equal(jobs.length, kind === "dropAfter" ? 1 : 0);
  }
});

test("2.0: abort and delete whose answers are lost are done once", async () => {
  const { v2 } = org.connect();
  const job = await v2.createIngestJob({ object: "Account", operation: "insert" });
  await org.fault({ method: "PATCH", path: "/jobs/", times: 1, effect: { kind: "dropAfter" } });
  assert.equal((await job.abort()).state, "Aborted");
  await org.fault({ method: "DELETE", path: "/jobs/", times: 1, effect: { kind: "dropAfter" } });
  await job.delete();
  assert.deepEqual(await readAll(v2.jobs({ kind: "ingest" })), []);
});
