/** What the server refuses, or fails to do. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { failure } from "./support/failure.mjs";
import { useOrg } from "./support/org.mjs";
import { Bulk } from "./support/package.mjs";

const org = useOrg({ contacts: 10, accounts: 2 });
const SOQL = "SELECT Id FROM Contact";
const HTML = "<html><body><h1>Down for maintenance</h1></body></html>";
const down = (more = {}) => ({
  ...more,
  effect: { kind: "status", status: 503, body: HTML },
});

test("an unknown object", async () => {
  const bulk = org.connect();
  await failure(bulk.insert("Nothing__c", [{ Name: "a" }]).done(), {
    code: "request",
    status: 400,
    retryable: false,
    message: /Nothing__c/,
  });
  await failure(bulk.query("SELECT Id FROM Nothing__c").toArray(), {
    code: "request",
    errorCode: "INVALID_TYPE",
    message: /Nothing__c/,
  });
});

const badSoql = {
  "SELECT Nothing__c FROM Contact": "INVALID_FIELD",
  "SELECT Id FROM Contact WHERE": "MALFORMED_QUERY",
  "SELECT FROM": "MALFORMED_QUERY",
};

for (const [soql, errorCode] of Object.entries(badSoql)) {
  test(`2.0 refuses at once: ${soql}`, async () => {
    const bulk = org.connect();
    const expected = { code: "request", errorCode, status: 400, retryable: false };
    await failure(bulk.query(soql).toArray(), expected);
    await failure(bulk.v2.createQueryJob({ query: soql }), expected);
    assert.equal(await org.count("POST", /jobs\/query/), 2, "sent once a call");
  });
}

/** Each call, and the path by which it can be spoiled. */
const calls = {
  "a query": ["/jobs/query", (bulk) => bulk.query(SOQL).toArray()],
  "a load": ["/jobs/ingest", (bulk) => bulk.insert("Account", [{ Name: "a" }]).done()],
  "a job of 1.0": ["/async/", (bulk) => bulk.v1.createQueryJob("Contact")],
  "a status": ["/jobs/query", (bulk) => bulk.v2.queryJob("750000000000001AAA").status()],
};

for (const [name, [path, call]] of Object.entries(calls)) {
  test(`${name}: 503 in HTML, for ever`, async () => {
    await org.fault(down({ path }));
    const error = await failure(call(org.connect()), { code: "server", status: 503 });
    assert.equal(error.retryable, true);
    assert.ok(!error.message.includes("<"), error.message);
  });
}

test("a read is tried again: 503 twice harms nobody", async () => {
  await org.fault(down({ method: "GET", path: "/jobs/", times: 2 }));
  assert.equal((await org.connect().query(SOQL).toArray()).length, 10);
});

test("as often as it was told to, and no more", async () => {
  await org.fault(down({ path: "/jobs/" }));
  for (const attempts of [1, 3]) {
    await org.control("log");
    const before = await org.count("GET", /\/jobs\//);
    const bulk = org.connect({ retry: { attempts, maxDelay: 5 } });
    await failure(bulk.v2.queryJob("750000000000001AAA").status(), { code: "server" });
    assert.equal((await org.count("GET", /\/jobs\//)) - before, attempts);
  }
});

test("limits of the org", async () => {
  await org.configure({ dailyApiRequests: 0 });
  const bulk = org.connect({ retry: { attempts: 2, maxDelay: 5 } });
  await failure(bulk.query(SOQL).toArray(), { code: "limit", errorCode: "REQUEST_LIMIT_EXCEEDED" });
  await org.configure({ dailyApiRequests: 1000, dailyBatches: 0 });
  const job = await bulk.v1.createInsertJob("Account");
  const batch = job.addBatch([{ Name: "a" }]);
  await failure(batch, { code: "limit", errorCode: "ExceededQuota", jobId: job.id });
});

for (const contentType of ["CSV", "JSON", "XML"]) {
  test(`a batch that fails, ${contentType}`, async () => {
    const message = "InvalidBatch : Field name not found : Nmae";
    await org.fault({ path: "/batch/", effect: { kind: "fail", message } });
    const job = await org.connect().v1.createInsertJob("Account", { contentType });
    const batch = await job.addBatch([{ Name: "a" }]);
    const expected = {
      code: "job-failed",
      stateMessage: message,
      state: "Failed",
      jobId: job.id,
      batchId: batch.id,
      message: /Nmae/,
    };
    await failure(batch.wait(), expected);
    await failure(job.wait(), expected);
    await failure(batch.results().toArray(), expected);
  });
}

test("a load whose job fails", async () => {
  const message = "InvalidBatch : Field name not found : Nmae";
  await org.fault({ path: "/jobs/ingest", effect: { kind: "fail", message } });
  const load = org.connect().insert("Account", [{ Name: "a" }]);
  const error = await failure(load.done(), { code: "job-failed", stateMessage: message });
  assert.match(error.jobId, /^750/);
});

const garbage = {
  "HTML where JSON should be": [200, HTML, "text/html"],
  "half a JSON": [200, '{"id":"750', "application/json"],
  "JSON of something else": [200, "[1,2]", "application/json"],
  nothing: [200, "", "application/json"],
};

for (const [name, [status, body, contentType]] of Object.entries(garbage)) {
  test(`an answer that cannot be understood: ${name}`, async () => {
    const effect = { kind: "status", status, body, contentType };
    await org.fault({ path: "/services/", effect });
    const bulk = org.connect();
    await failure(bulk.v2.queryJob("750000000000001AAA").status(), { code: "response" });
    await failure(bulk.v1.job("750000000000001AAA").status(), { code: "response" });
    await failure(bulk.query(SOQL).toArray(), { code: "response" });
  });
}

test("a server that is not there", async () => {
  const nowhere = "http://127.0.0.1:9";
  const retry = { attempts: 2, maxDelay: 5 };
  const bulk = new Bulk({ instanceUrl: nowhere, accessToken: "token-of-nobody", retry });
  const expected = { code: "network", retryable: true };
  await failure(bulk.query(SOQL).toArray(), expected);
  await failure(bulk.insert("Account", [{ Name: "a" }]).done(), expected);
  await failure(bulk.v1.createQueryJob("Contact"), expected);
  const waiting = bulk.v1.job("750000000000001AAA").wait({ timeout: 300, poll: { first: 20 } });
  await failure(waiting, { code: "timeout", message: /What it waited for last: No answer came/ });
  const signIn = { username: "a", password: "b", loginUrl: nowhere, retry };
  await failure(Bulk.connect(signIn), expected);
});
