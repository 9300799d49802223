/** Queries of Bulk API 1.0: the same records whatever the format, over all results. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { failure } from "./support/failure.mjs";
import { useOrg } from "./support/org.mjs";
import { joined, readAll } from "./support/reading.mjs";
import { CONTENT_TYPES } from "./support/v1.mjs";

const org = useOrg({ contacts: 40, accounts: 3, config: { resultsPerBatch: 3 } });

const FIELDS = ["Id", "LastName", "Title", "DoNotCall", "Description"];
const SOQL = `SELECT ${FIELDS.join(", ")} FROM Contact ORDER BY Id`;

const asText = (value) => (value === null ? null : String(value));

/** A stored value as each format carries it. XML has no way to write NUL: Salesforce leaves it out. */
const carried = {
  CSV: asText,
  JSON: (value) => value,
  XML: (value) => asText(value)?.replaceAll("\0", "") ?? null,
};

async function expected(contentType) {
  const records = await org.stored(SOQL);
  return records.map((record) =>
    Object.fromEntries(FIELDS.map((name) => [name, carried[contentType](record[name])])),
  );
}

async function addQuery(contentType, soql = SOQL, options = {}) {
  const job = await org.connect().v1.createQueryJob("Contact", { contentType, ...options });
  const batch = await job.addQuery(soql);
  await job.close();
  return batch;
}

const ways = {
  rows: (rows) => readAll(rows),
  chunks: async (rows) => (await readAll(rows.chunks())).flat(),
  toArray: (rows) => rows.toArray(),
};

for (const contentType of CONTENT_TYPES) {
  for (const [name, read] of Object.entries(ways)) {
    test(`records(), ${name}, ${contentType}: all of three results`, async () => {
      const batch = await addQuery(contentType);
      assert.deepEqual(await read(batch.records()), await expected(contentType));
    });
  }

  test(`resultIds() and result(), ${contentType}`, async () => {
    const batch = await addQuery(contentType);
    await batch.wait();
    const ids = await batch.resultIds();
    assert.equal(ids.length, 3);
    const parts = [];
    for (const id of ids) parts.push(await batch.result(id).toArray());
    assert.ok(parts.every((rows) => rows.length > 0));
    assert.deepEqual(parts.flat(), await expected(contentType));
  });

  test(`no rows, ${contentType}`, async () => {
    const none = "SELECT Id FROM Contact WHERE LastName = 'nobody'";
    const batch = await addQuery(contentType, none);
    assert.deepEqual(await batch.records().toArray(), []);
    for (const id of await batch.resultIds()) {
      assert.deepEqual(await batch.result(id).toArray(), []);
    }
  });

  test(`a parent's fields, ${contentType}`, async () => {
    const soql = "SELECT Id, Account.Name FROM Contact WHERE AccountId != null ORDER BY Id";
    const stored = await org.stored(soql);
    assert.ok(stored.length > 0);
    const rows = await (await addQuery(contentType, soql)).records().toArray();
    const names = rows.map((row) => row["Account.Name"] ?? row.Account?.Name);
    assert.deepEqual(
      names,
      stored.map(({ Account }) => Account.Name),
    );
    assert.ok(!JSON.stringify(rows).includes("attributes"));
  });

  test(`a query that Salesforce cannot run fails in its batch, ${contentType}`, async () => {
    const batch = await addQuery(contentType, "SELECT Nothing__c FROM Contact");
    const expectedFailure = {
      code: "job-failed",
      jobId: batch.job.id,
      batchId: batch.id,
      state: "Failed",
      message: /Nothing__c/,
    };
    for (const call of [
      () => batch.wait(),
      () => batch.isDone(),
      () => batch.job.wait(),
      () => batch.records().toArray(),
    ]) {
      const error = await failure(call(), expectedFailure);
      assert.match(error.stateMessage, /Nothing__c/);
    }
    assert.equal((await batch.status()).state, "Failed");
  });

  test(`request() is the SOQL, ${contentType}`, async () => {
    const batch = await addQuery(contentType);
    assert.equal(await batch.request(), SOQL);
  });

  test(`query() makes the job, adds the query and closes it, ${contentType}`, async () => {
    const batch = await org.connect().v1.query(SOQL, { contentType });
    assert.deepEqual(await batch.records().toArray(), await expected(contentType));
    const { state, operation, object } = await batch.job.status();
    assert.deepEqual([state, operation, object], ["Closed", "query", "Contact"]);
  });
}

test("bytes() of all results of CSV are one CSV", async () => {
  const batch = await addQuery("CSV", "SELECT Id FROM Contact ORDER BY Id");
  const ids = await org.stored("SELECT Id FROM Contact ORDER BY Id");
  const lines = ['"Id"', ...ids.map(({ Id }) => `"${Id}"`), ""];
  assert.equal(await joined(batch.records().bytes()), lines.join("\n"));
});

for (const [contentType, read] of Object.entries({
  JSON: (text) => JSON.parse(text).map(({ Id }) => Id),
  XML: (text) => [...text.matchAll(/<Id>(\w+)<\/Id>/g)].map(([, id]) => id),
})) {
  test(`bytes() of ${contentType} are one result's: several make no document`, async () => {
    const batch = await addQuery(contentType, "SELECT Id FROM Contact ORDER BY Id");
    const all = joined(batch.records().bytes());
    await failure(all, { code: "response", message: /each on its own/ });
    const found = [];
    for (const id of await batch.resultIds()) {
      found.push(...read(await joined(batch.result(id).bytes())));
    }
    const ids = await org.stored("SELECT Id FROM Contact ORDER BY Id");
    assert.deepEqual(
      [...new Set(found)],
      ids.map(({ Id }) => Id),
    );
  });
}

test("query() with queryAll finds deleted records", async () => {
  const bulk = org.connect();
  const [{ Id }] = await org.stored("SELECT Id FROM Contact LIMIT 1");
  await bulk.delete("Contact", [{ Id }]).done();
  const soql = `SELECT Id FROM Contact WHERE Id = '${Id}'`;
  assert.deepEqual(await (await bulk.v1.query(soql)).records().toArray(), []);
  const all = await bulk.v1.query(soql, { operation: "queryAll" });
  assert.deepEqual(await all.records().toArray(), [{ Id }]);
});

test("query() of something else than SOQL makes no job", async () => {
  const { v1 } = org.connect();
  const outcome = await v1.query("UPDATE Contact").catch((error) => error);
  assert.ok(outcome instanceof Error);
  assert.equal(await org.count("POST", /./), 0);
});

test("query() that cannot add its query leaves no open job behind", async () => {
  await org.fault({
    method: "POST",
    path: "/batch",
    effect: {
      kind: "status",
      status: 400,
      contentType: "application/xml",
      body: "<error><exceptionCode>InvalidBatch</exceptionCode><exceptionMessage>no</exceptionMessage></error>",
    },
  });
  const { v1 } = org.connect();
  await failure(v1.query(SOQL), { code: "request", errorCode: "InvalidBatch" });
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(await org.count("POST", /async\/66\.0\/job\/\w{18}$/), 1, "aborted");
});

test("results are single use, and an unknown result is an error", async () => {
  const batch = await addQuery("CSV");
  const rows = batch.records();
  await rows.toArray();
  await failure(rows.toArray(), { code: "used" });
  const unknown = batch.result("752000000000001").toArray();
  await failure(unknown, { code: "request", errorCode: "InvalidBatch", batchId: batch.id });
});
