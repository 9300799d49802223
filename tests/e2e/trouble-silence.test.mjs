/** A server that falls silent: everything ends, by `timeouts` or by the caller's own `timeout`. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { failure } from "./support/failure.mjs";
import { QUICK, useOrg } from "./support/org.mjs";
import { Bulk } from "./support/package.mjs";
import { readAll } from "./support/reading.mjs";

const org = useOrg({ contacts: 30, accounts: 0 });
const SOQL = "SELECT Id FROM Contact";
const RECORDS = [{ Name: "a" }];
const silence = (bytes) => ({ kind: "silence", ...(bytes === undefined ? {} : { bytes }) });
const impatient = (more) => org.connect({ timeouts: { head: 150, idle: 100 }, ...more });

for (const [where, effect] of Object.entries({ head: silence(), body: silence(10) })) {
  test(`a silence that passes costs nothing, ${where}`, async () => {
    await org.fault({ method: "GET", path: "/", times: 3, effect });
    assert.equal((await impatient().query(SOQL).toArray()).length, 30);
    await org.fault({ method: "POST", path: "/jobs/ingest", times: 1, effect });
    assert.equal((await impatient().insert("Account", RECORDS).done()).succeeded, 1);
    assert.equal(await org.total("SELECT Id FROM Account"), 1);
  });
}

test("one that stays is a failure of the network that says so", async () => {
  for (const effect of [silence(), silence(10)]) {
    await org.begin();
    await org.fault({ path: "/jobs/ingest", effect });
    const expected = { code: "network", retryable: true, message: /within 1[05]0 ms/ };
    await failure(impatient().v2.jobs({ kind: "ingest" }).next(), expected);
  }
});

/** Each call that takes a timeout, and needs no job that is there. */
const calls = {
  query: (bulk, call) => bulk.query(SOQL, call).toArray(),
  "bytes of a query": (bulk, call) => bulk.query(SOQL, call).bytes().getReader().read(),
  load: (bulk, call) => bulk.insert("Account", RECORDS, call).done(),
  "v1.createJob": (bulk, call) =>
    bulk.v1.createJob({ object: "Account", operation: "insert", ...call }),
  "v1.query": (bulk, call) => bulk.v1.query(SOQL, call),
  "v1 status": (bulk, call) => v1(bulk).status(call),
  "v1 batches": (bulk, call) => v1(bulk).batches(call),
  "v1 wait": (bulk, call) => v1(bulk).wait(call),
  "v1 close": (bulk, call) => v1(bulk).close(call),
  "v1 abort": (bulk, call) => v1(bulk).abort(call),
  "v1 addBatch": (bulk, call) => v1(bulk).addBatch(RECORDS, call),
  "v1 addQuery": (bulk, call) => v1(bulk).addQuery(SOQL, call),
  "v1 postMapping": (bulk, call) => v1(bulk).postMapping("a,b\n1,2\n", call),
  "batch status": (bulk, call) => batch(bulk).status(call),
  "batch isDone": (bulk, call) => batch(bulk).isDone(call),
  "batch wait": (bulk, call) => batch(bulk).wait(call),
  "batch request": (bulk, call) => batch(bulk).request(call),
  "batch resultIds": (bulk, call) => batch(bulk).resultIds(call),
  "batch records": (bulk, call) => batch(bulk).records(call).toArray(),
  "batch results": (bulk, call) => batch(bulk).results(call).toArray(),
  "v2 createIngestJob": (bulk, call) =>
    bulk.v2.createIngestJob({ object: "Account", operation: "insert", ...call }),
  "v2 createQueryJob": (bulk, call) => bulk.v2.createQueryJob({ query: SOQL, ...call }),
  "v2 jobs": (bulk, call) => readAll(bulk.v2.jobs({ kind: "query", ...call })),
  "ingest status": (bulk, call) => ingest(bulk).status(call),
  "ingest upload": (bulk, call) => ingest(bulk).upload(RECORDS, call),
  "ingest uploadComplete": (bulk, call) => ingest(bulk).uploadComplete(call),
  "ingest wait": (bulk, call) => ingest(bulk).wait(call),
  "ingest abort": (bulk, call) => ingest(bulk).abort(call),
  "ingest delete": (bulk, call) => ingest(bulk).delete(call),
  "ingest successfulResults": (bulk, call) => ingest(bulk).successfulResults(call).toArray(),
  "query results": async (bulk, call) => (await queryJob(bulk).results(call)).toArray(),
  "query pages": (bulk, call) => readAll(queryJob(bulk).pages(call)),
  "query resultPages": (bulk, call) => queryJob(bulk).resultPages(call),
  "query records": (bulk, call) => queryJob(bulk).records(call).toArray(),
};

const JOB = "750000000000001AAA";
const v1 = (bulk) => bulk.v1.job(JOB);
const batch = (bulk) => v1(bulk).batch("751000000000001AAA");
const ingest = (bulk) => bulk.v2.ingestJob(JOB);
const queryJob = (bulk) => bulk.v2.queryJob(JOB);

for (const [name, call] of Object.entries(calls)) {
  test(`${name}: its timeout ends it, whatever the server does`, async () => {
    await org.fault({ path: "/services/", effect: silence() });
    const error = await failure(call(org.connect(), { timeout: 60 }), { code: "timeout" });
    assert.match(error.message, /not done after 60 ms/);
    // To start a job twice does no harm, though its rows may be stored.
    const startsOnly = name === "ingest uploadComplete";
    if (error.retryable && !startsOnly) assert.equal(error.outcome, undefined);
  });
}

test("signing in takes no longer than it may", async () => {
  await org.fault({ path: "/Soap", effect: silence() });
  const signIn = (more, call) =>
    Bulk.connect({ username: "a", password: "b", loginUrl: org.url, ...QUICK, ...more }, call);
  await failure(signIn({}, { timeout: 60 }), { code: "timeout", retryable: true });
  const quick = { timeouts: { head: 50, idle: 50 } };
  await failure(signIn(quick), { code: "network", message: /within 50 ms/ });
});

test("a load that is given up while its job runs says that rows may be stored", async () => {
  await org.configure({ processingMs: 60_000 });
  const load = org.connect().insert("Account", RECORDS, { timeout: 400 });
  const error = await failure(load.done(), {
    code: "timeout",
    outcome: "unknown",
    retryable: false,
  });
  assert.match(error.message, /attach to it again with bulk\.v2\.ingestJob/);
  assert.equal(JSON.parse(JSON.stringify(error)).outcome, "unknown");
});

test("what is waited for is told", async () => {
  const busy = { kind: "status", status: 503, headers: [["Retry-After", "1"]] };
  await org.fault({ method: "POST", path: "/jobs/query", times: 1, effect: busy });
  const seen = [];
  const rows = org.connect().query(SOQL, { onProgress: (progress) => seen.push(progress) });
  assert.equal((await rows.toArray()).length, 30);
  const [waiting] = seen.filter(({ phase }) => phase === "waiting");
  assert.equal(waiting.delay, 1000);
  assert.match(waiting.reason, /503/);
});
