/** Ingest jobs of Bulk API 2.0, step by step. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { failure, typeError } from "./support/failure.mjs";
import { useOrg } from "./support/org.mjs";
import { joined } from "./support/reading.mjs";
import { streamOf, utf8 } from "./support/sources.mjs";

const org = useOrg({ contacts: 0, accounts: 0 });
const ACCOUNTS = { object: "Account", operation: "insert" };

async function uploaded(source, options = {}) {
  const job = await org.connect().v2.createIngestJob({ ...ACCOUNTS, ...options });
  await job.upload(source);
  return job;
}

test("create, upload, complete, wait and read the results", async () => {
  const job = await uploaded([
    { Name: "a", Ext__c: "1" },
    { Name: "", Ext__c: "2" },
  ]);
  assert.equal((await job.status()).state, "Open");
  assert.equal((await job.uploadComplete()).state, "UploadComplete");
  const info = await job.wait();
  assert.deepEqual(info, await job.status());
  const wanted = {
    id: job.id,
    object: "Account",
    operation: "insert",
    state: "JobComplete",
    apiVersion: 66,
    columnDelimiter: "COMMA",
    lineEnding: "LF",
    numberRecordsProcessed: 2,
    numberRecordsFailed: 1,
  };
  assert.deepEqual(pick(info, Object.keys(wanted)), wanted);
  const [{ Id }] = await org.stored("SELECT Id FROM Account");
  assert.deepEqual(await job.successfulResults().toArray(), [
    { sf__Id: Id, sf__Created: "true", Name: "a", Ext__c: "1" },
  ]);
  const [failed] = await job.failedResults().toArray();
  assert.match(failed.sf__Error, /REQUIRED_FIELD_MISSING/);
  assert.deepEqual([failed.sf__Id, failed.Name, failed.Ext__c], [null, null, "2"]);
  assert.deepEqual(await job.unprocessedRecords().toArray(), []);
  assert.match(await joined(job.successfulResults().bytes()), /^"sf__Id","sf__Created",/);
});

const dialects = [
  ["COMMA", "LF"],
  ["SEMICOLON", "CRLF"],
  ["PIPE", "LF"],
  ["TAB", "CRLF"],
  ["CARET", "LF"],
  ["BACKQUOTE", "LF"],
];

for (const [columnDelimiter, lineEnding] of dialects) {
  test(`records are written, and results read, in ${columnDelimiter} and ${lineEnding}`, async () => {
    const text = 'a,b;c|d\te^f`g "quoted"';
    const job = await uploaded([{ Name: text, Ext__c: "1" }], { columnDelimiter, lineEnding });
    await job.uploadComplete();
    await job.wait();
    assert.deepEqual(await org.stored("SELECT Name FROM Account"), [{ Name: text }]);
    const [row] = await job.successfulResults().toArray();
    assert.deepEqual([row.Name, row.Ext__c], [text, "1"]);
  });
}

test("the dialect of a job that someone else made is asked for", async () => {
  const { v2 } = org.connect();
  const made = await v2.createIngestJob({ ...ACCOUNTS, columnDelimiter: "PIPE" });
  const job = org.connect().v2.ingestJob(made.id);
  await job.upload([{ Name: "a|b", Ext__c: "1" }]);
  await job.uploadComplete();
  await job.wait();
  assert.deepEqual(await org.stored("SELECT Name FROM Account"), [{ Name: "a|b" }]);
  assert.equal((await job.successfulResults().toArray())[0].Name, "a|b");
});

test("CSV is uploaded from anything", async () => {
  const csv = "Name\na\n";
  const sources = [csv, utf8(csv), new Blob([csv]), new Response(csv), streamOf([utf8(csv)])];
  for (const source of sources) {
    const job = await uploaded(source);
    await job.uploadComplete();
    assert.equal((await job.wait()).numberRecordsProcessed, 1);
  }
  assert.equal(await org.total("SELECT Id FROM Account"), sources.length);
});

test("with its data, a job is made in one request", async () => {
  const csv = 'Name,Ext__c\n"--part\r\nžluť 🚀",1\n';
  const job = await org.connect().v2.createIngestJob({ ...ACCOUNTS, csv });
  assert.equal((await job.wait()).state, "JobComplete");
  assert.equal(await org.count("POST", /jobs\/ingest/), 1);
  assert.equal(await org.count("PUT", /./), 0);
  const [{ Name }] = await org.stored("SELECT Name FROM Account");
  assert.equal(Name.replace("\r", ""), "--part\nžluť 🚀");
});

test("with more than 100,000 characters, it is not", async () => {
  const csv = `Name\n${"x".repeat(100_000)}\n`;
  const made = org.connect().v2.createIngestJob({ ...ACCOUNTS, csv });
  await failure(made, { code: "limit", message: /100,000 characters/ });
  assert.equal(await org.count("POST", /./), 0);
});

test("abort, then delete", async () => {
  const job = await uploaded([{ Name: "a" }]);
  assert.equal((await job.abort()).state, "Aborted");
  await failure(job.wait(), { code: "job-aborted", jobId: job.id, state: "Aborted" });
  await job.delete();
  await failure(job.status(), { code: "request", status: 404, jobId: job.id });
  await failure(job.delete(), { code: "request", status: 404, jobId: job.id });
});

test("delete, when the job is done", async () => {
  const job = await uploaded([{ Name: "a" }]);
  await job.uploadComplete();
  await job.wait();
  assert.equal(await job.delete(), undefined);
  await failure(job.status(), { code: "request", status: 404 });
});

test("a job that is still open cannot be waited for: that would never end", async () => {
  const job = await org.connect().v2.createIngestJob(ACCOUNTS);
  await failure(job.wait(), { code: "request", state: "Open", message: /uploadComplete\(\)/ });
});

test("a job without data cannot be started", async () => {
  const job = await org.connect().v2.createIngestJob(ACCOUNTS);
  await failure(job.uploadComplete(), { code: "request", jobId: job.id });
});

for (const secondUpload of ["atUpload", "atClose"]) {
  test(`a second upload, found out ${secondUpload}`, async () => {
    await org.configure({ secondUpload });
    const job = await uploaded([{ Name: "a" }]);
    const again = async () => {
      await job.upload([{ Name: "b" }]);
      await job.uploadComplete();
    };
    await failure(again(), { code: "request", errorCode: "INVALIDJOB", jobId: job.id });
  });
}

test("a header with a field that is not there fails the job", async () => {
  const job = await uploaded("Nothing__c\n1\n");
  await job.uploadComplete();
  const error = await failure(job.wait(), { code: "job-failed", state: "Failed", jobId: job.id });
  assert.match(error.stateMessage, /Nothing__c/);
  assert.match(error.message, /Nothing__c/);
});

test("assignment rules go along", async () => {
  const assignmentRuleId = "01Q000000000001AAA";
  const { v2 } = org.connect();
  const job = await v2.createIngestJob({ object: "Lead", operation: "insert", assignmentRuleId });
  assert.equal((await job.status()).assignmentRuleId, assignmentRuleId);
});

test("all operations are made", async () => {
  const { v2 } = org.connect();
  for (const operation of ["insert", "update", "delete", "hardDelete"]) {
    const job = await v2.createIngestJob({ object: "Account", operation });
    assert.equal((await job.status()).operation, operation);
  }
  const upsert = { object: "Account", operation: "upsert", externalIdFieldName: "Ext__c" };
  const job = await v2.createIngestJob(upsert);
  assert.equal((await job.status()).externalIdFieldName, "Ext__c");
});

const wrong = [
  ["a query", { object: "Account", operation: "query" }, /operation/],
  ["no external id", { object: "Account", operation: "upsert" }, /externalIdFieldName/],
  ["an unknown delimiter", { ...ACCOUNTS, columnDelimiter: "DOT" }, /columnDelimiter/],
  ["empty data", { ...ACCOUNTS, csv: "" }, /csv/],
];

for (const [name, options, message] of wrong) {
  test(`wrong arguments: ${name}`, () =>
    typeError(() => org.connect().v2.createIngestJob(options), message));
}

function pick(object, keys) {
  return Object.fromEntries(keys.map((key) => [key, object[key]]));
}
