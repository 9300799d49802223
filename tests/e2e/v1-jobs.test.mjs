/** Jobs of Bulk API 1.0: made, looked at, closed and aborted, whatever their content type. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { failure, typeError } from "./support/failure.mjs";
import { useOrg } from "./support/org.mjs";
import { CONTENT_TYPES } from "./support/v1.mjs";

const org = useOrg({ contacts: 20, accounts: 3 });

/** [method, arguments, what the job says]. */
const makers = [
  ["createQueryJob", ["Contact"], { operation: "query" }],
  ["createQueryAllJob", ["Contact"], { operation: "queryAll" }],
  ["createInsertJob", ["Contact"], { operation: "insert" }],
  ["createUpdateJob", ["Contact"], { operation: "update" }],
  [
    "createUpsertJob",
    ["Contact", "Ext__c"],
    { operation: "upsert", externalIdFieldName: "Ext__c" },
  ],
  ["createDeleteJob", ["Contact"], { operation: "delete" }],
  ["createHardDeleteJob", ["Contact"], { operation: "hardDelete" }],
];

for (const contentType of CONTENT_TYPES) {
  for (const [method, args, expected] of makers) {
    test(`${method}, ${contentType}`, async () => {
      const { v1 } = org.connect();
      const job = await v1[method](...args, { contentType });
      const info = await job.status();
      const wanted = {
        id: job.id,
        object: "Contact",
        state: "Open",
        contentType,
        concurrencyMode: "Parallel",
        apiVersion: 66,
        externalIdFieldName: null,
        assignmentRuleId: null,
        numberBatchesTotal: 0,
        numberRecordsProcessed: 0,
        ...expected,
      };
      assert.deepEqual(pick(info, Object.keys(wanted)), wanted);
      assert.match(info.createdDate, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    });
  }

  test(`close and abort, ${contentType}`, async () => {
    const { v1 } = org.connect();
    const job = await v1.createQueryJob("Contact", { contentType });
    assert.equal((await job.close()).state, "Closed");
    assert.equal((await job.close()).state, "Closed", "it is what was asked for");
    await failure(job.abort(), { code: "request", errorCode: "InvalidJobState", jobId: job.id });
    const other = await v1.createQueryJob("Contact", { contentType });
    assert.equal((await other.abort()).state, "Aborted");
    assert.equal((await other.status()).state, "Aborted");
  });

  test(`nothing can be added to a closed job, ${contentType}`, async () => {
    const { v1 } = org.connect();
    const expected = { code: "request", errorCode: "InvalidJobState" };
    const insert = await v1.createInsertJob("Contact", { contentType });
    await insert.close();
    await failure(insert.addBatch([{ LastName: "x" }]), { ...expected, jobId: insert.id });
    const query = await v1.createQueryJob("Contact", { contentType });
    await query.close();
    await failure(query.addQuery("SELECT Id FROM Contact"), { ...expected, jobId: query.id });
  });

  test(`an unknown object, ${contentType}`, async () => {
    const made = org.connect().v1.createQueryJob("Nothing__c", { contentType });
    await failure(made, { code: "request", errorCode: "InvalidEntity", message: /Nothing__c/ });
  });
}

test("createJob takes all of it as options", async () => {
  const job = await org.connect().v1.createJob({
    object: "Lead",
    operation: "upsert",
    externalIdFieldName: "Ext__c",
    contentType: "JSON",
    concurrencyMode: "Serial",
    assignmentRuleId: "01Q000000000001AAA",
  });
  const info = await job.status();
  const wanted = {
    object: "Lead",
    operation: "upsert",
    externalIdFieldName: "Ext__c",
    contentType: "JSON",
    concurrencyMode: "Serial",
    assignmentRuleId: "01Q000000000001AAA",
  };
  assert.deepEqual(pick(info, Object.keys(wanted)), wanted);
});

test("headers that a job's options become", async () => {
  const sent = [];
  const spying = (url, init) => {
    sent.push(new Headers(init.headers));
    return fetch(url, init);
  };
  const { v1 } = org.connect({ fetch: spying, clientName: "nightly sync" });
  await v1.createInsertJob("Contact", { lineEnding: "CRLF", disableBatchRetry: true });
  const [headers] = sent;
  assert.equal(headers.get("sforce-line-ending"), "CRLF");
  assert.equal(headers.get("sforce-disable-batch-retry"), "TRUE");
  assert.equal(headers.get("sforce-call-options"), "client=nightly sync");
});

test("batches of a Serial job run one after another", async () => {
  await org.configure({ processingMs: 60 });
  const job = await org.connect().v1.createQueryJob("Contact", { concurrencyMode: "Serial" });
  const soql = "SELECT Id FROM Contact";
  await Promise.all([job.addQuery(soql), job.addQuery(soql), job.addQuery(soql)]);
  const running = [];
  for (let open = true; open; ) {
    const states = (await job.batches()).map(({ state }) => state);
    running.push(states.filter((state) => state === "InProgress").length);
    open = states.some((state) => state !== "Completed");
  }
  assert.equal(Math.max(...running), 1);
});

test("a job and its batch can be attached to by their ids", async () => {
  const { v1 } = org.connect();
  for (const contentType of CONTENT_TYPES) {
    const job = await v1.createQueryJob("Contact", { contentType });
    const batch = await v1.job(job.id).addQuery("SELECT Id FROM Contact");
    const attached = org.connect().v1.job(job.id).batch(batch.id);
    assert.equal(attached.id, batch.id);
    assert.equal(attached.job.id, job.id);
    assert.equal((await attached.records().toArray()).length, 20, contentType);
  }
});

test("ids of 15 characters do, too", async () => {
  const { v1 } = org.connect();
  const job = await v1.createQueryJob("Contact");
  const batch = await job.addQuery("SELECT Id FROM Contact");
  const short = v1.job(job.id.slice(0, 15)).batch(batch.id.slice(0, 15));
  assert.equal((await short.records().toArray()).length, 20);
});

test("a job or batch that is not there", async () => {
  const { v1 } = org.connect();
  const nowhere = v1.job("750000000000001AAA");
  await failure(nowhere.status(), { code: "request", errorCode: "InvalidJob", jobId: nowhere.id });
  const job = await v1.createQueryJob("Contact");
  const nothing = job.batch("751000000000001AAA");
  const where = { jobId: job.id, batchId: nothing.id };
  await failure(nothing.status(), { code: "request", errorCode: "InvalidBatch", ...where });
  await failure(nothing.request(), { code: "request", errorCode: "InvalidBatch", ...where });
});

const wrong = [
  [
    "an unknown content type",
    (v1) => v1.createInsertJob("A", { contentType: "YAML" }),
    /contentType/,
  ],
  ["an unknown operation", (v1) => v1.createJob({ object: "A", operation: "merge" }), /operation/],
  ["no external id", (v1) => v1.createUpsertJob("A"), /externalIdFieldName/],
  [
    "an external id for an insert",
    (v1) => v1.createJob({ object: "A", operation: "insert", externalIdFieldName: "Ext__c" }),
    /for upsert/,
  ],
  [
    "an unknown mode",
    (v1) => v1.createInsertJob("A", { concurrencyMode: "Fast" }),
    /concurrencyMode/,
  ],
  ["chunks too large", (v1) => v1.createQueryJob("A", { pkChunking: 250_001 }), /250000/],
  ["an id that is none", (v1) => v1.job("../query"), /id must be a Salesforce id/],
];

for (const [name, call, message] of wrong) {
  test(`wrong arguments: ${name}`, async () => {
    await typeError(() => call(org.connect().v1), message);
    assert.equal(await org.count("POST", /./), 0);
  });
}

function pick(object, keys) {
  return Object.fromEntries(keys.map((key) => [key, object[key]]));
}
