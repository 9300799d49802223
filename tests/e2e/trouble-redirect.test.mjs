/** A server that points elsewhere: no secret and no record goes there, and nothing counts as done. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, beforeEach, test } from "node:test";
import { failure, typeError } from "./support/failure.mjs";
import { QUICK, useOrg } from "./support/org.mjs";
import { Bulk } from "./support/package.mjs";
import { secret } from "./support/secrets.mjs";

const org = useOrg({ contacts: 5, accounts: 0 });

/** Another origin, and what came to it. */
const elsewhere = { seen: [] };
before(async () => {
  const server = createServer((request, response) => {
    elsewhere.seen.push(`${request.method} ${request.url}`);
    response.end('{"id":"750000000000001AAA","state":"Closed"}');
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  elsewhere.server = server;
  elsewhere.host = `127.0.0.1:${server.address().port}`;
});
after(() => elsewhere.server.close());
beforeEach(() => {
  elsewhere.seen.length = 0;
});

const redirect = (status, acts = false) => ({
  kind: "redirect",
  status,
  location: `http://${elsewhere.host}/taken`,
  acts,
});
const RECORDS = [{ Name: "a" }];

/** Each call, by the request of it that is redirected. */
const calls = {
  "a query": ["POST", "/jobs/query", (bulk) => bulk.query("SELECT Id FROM Contact").toArray()],
  "its results": ["GET", "/results", (bulk) => bulk.query("SELECT Id FROM Contact").toArray()],
  "a load": ["POST", "/jobs/ingest", (bulk) => bulk.insert("Account", RECORDS).done()],
  "its upload": ["PUT", "/batches", (bulk) => bulk.insert("Account", RECORDS).done()],
  "its start": ["PATCH", "/jobs/ingest/", (bulk) => bulk.insert("Account", RECORDS).done()],
  "a batch of 1.0": ["POST", "/batch", addBatch],
  "a job of 1.0": ["POST", "/job", (bulk) => bulk.v1.createInsertJob("Account")],
};

async function addBatch(bulk) {
  const job = await bulk.v1.createInsertJob("Account");
  return job.addBatch(RECORDS);
}

for (const [name, [method, path, call]] of Object.entries(calls)) {
  test(`${name}: every redirect is an error that names the host`, async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      await org.fault({ method, path, times: 1, effect: redirect(status) });
      const error = await failure(call(org.connect()), { code: "response", retryable: false });
      assert.ok(error.message.includes(`to ${elsewhere.host} (HTTP ${status})`), error.message);
    }
    assert.deepEqual(elsewhere.seen, []);
    assert.equal(await org.total("SELECT Id FROM Account"), 0);
  });
}

test("close and abort are not done because a redirect was answered", async () => {
  const { v1, v2 } = org.connect();
  for (const state of ["close", "abort"]) {
    const job = await v1.createInsertJob("Account");
    await org.fault({ method: "POST", path: `/job/${job.id}`, times: 1, effect: redirect(303) });
    await failure(job[state](), { code: "response", jobId: job.id });
    assert.equal((await job.status()).state, "Open");
  }
  const job = await v2.createIngestJob({ object: "Account", operation: "insert" });
  await org.fault({ method: "PATCH", path: "/jobs/ingest/", times: 1, effect: redirect(303) });
  await failure(job.abort(), { code: "response", jobId: job.id });
  assert.equal((await job.status()).state, "Open");
  assert.deepEqual(elsewhere.seen, []);
});

test("what took effect all the same is found", async () => {
  const { v1 } = org.connect();
  const job = await v1.createInsertJob("Account");
  await org.fault({ method: "POST", path: "/batch", times: 1, effect: redirect(307, true) });
  const batch = await job.addBatch(RECORDS);
  await org.fault({ method: "POST", path: "/job/", times: 1, effect: redirect(303, true) });
  assert.equal((await job.close()).state, "Closed");
  assert.equal((await batch.results().toArray()).length, 1);
});

test("a password goes nowhere else", async () => {
  await org.fault({ path: "/Soap", effect: redirect(307) });
  const signIn = Bulk.connect({
    username: "admin@example.org",
    password: secret("a-password-of-mine"),
    loginUrl: org.url,
    ...QUICK,
  });
  await failure(signIn, { code: "response", retryable: false, message: /redirected/ });
  assert.deepEqual(elsewhere.seen, []);
});

test("a fetch that follows redirects all the same is found out", async () => {
  await org.fault({ path: "/jobs/ingest", effect: redirect(302) });
  const following = (url, { redirect: _, ...init }) => fetch(url, init);
  const jobs = org.connect({ fetch: following }).v2.jobs({ kind: "ingest" });
  const error = await failure(jobs.next(), { code: "response", retryable: false });
  assert.ok(error.message.includes(elsewhere.host), error.message);
});

test("a fetch that hides where a redirect leads", async () => {
  const hiding = async () => ({
    status: 0,
    type: "opaqueredirect",
    headers: new Headers(),
    body: null,
  });
  const jobs = org.connect({ fetch: hiding }).v2.jobs({ kind: "ingest" });
  await failure(jobs.next(), { code: "response", message: /redirected the request elsewhere/ });
});

test("http is for this machine alone", async () => {
  const accessToken = secret("a-token-of-mine");
  for (const instanceUrl of ["http://acme.my.salesforce.com", "http://127.0.0.1.example.org"]) {
    await typeError(() => new Bulk({ instanceUrl, accessToken }), /must begin with https:\/\//);
    const signIn = () => Bulk.connect({ username: "a", password: "b", loginUrl: instanceUrl });
    await typeError(signIn, /must begin with https:\/\//);
  }
  for (const instanceUrl of ["http://localhost:1", "http://127.0.0.1:1", "http://[::1]:1"]) {
    assert.equal(new Bulk({ instanceUrl, accessToken }).session.instanceUrl, instanceUrl);
  }
});
