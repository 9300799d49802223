/** jsforce's `bulk2`, which is Bulk API 2.0, against the org. */
import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { before, describe, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { asCsv, full, keys, nameless, select, sparse } from "../support/samples.mjs";
import { org } from "./org.mjs";

let bulk2;

const load = (operation, input, options = {}) =>
  bulk2.loadAndWaitForResults({ object: "Account", operation, input, ...options });

async function inserted(rows) {
  await load("insert", rows);
  return org.stored(rows.map(({ Ext__c }) => Ext__c));
}

/** A row as results repeat it: jsforce writes null as `#N/A`. */
const sent = (row) =>
  asCsv(Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value ?? "#N/A"])));

const byKey = (rows) => rows.toSorted((a, b) => a.Ext__c.localeCompare(b.Ext__c));

describe("jsforce: bulk2", () => {
  before(async () => {
    ({ bulk2 } = await org.connect());
  });

  test("insert with a bad row", async () => {
    const ours = keys(3);
    const rows = [full(ours[0]), nameless(ours[1]), sparse(ours[2])];
    const results = await load("insert", rows);
    const [first, third] = await org.stored(ours);
    assert.deepEqual(
      [first, third],
      [
        { Id: first.Id, ...rows[0] },
        { Id: third.Id, ...rows[2] },
      ],
    );
    assert.deepEqual(byKey(results.successfulResults), [
      { sf__Id: first.Id, sf__Created: "true", ...sent(rows[0]) },
      { sf__Id: third.Id, sf__Created: "true", ...sent(rows[2]) },
    ]);
    const error = "REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --";
    assert.deepEqual(results.failedResults, [{ sf__Id: "", sf__Error: error, ...sent(rows[1]) }]);
    assert.deepEqual(results.unprocessedRecords, []);
  });

  test("update, where null empties a field and an empty text leaves it", async () => {
    const [row] = await inserted([full(keys(1)[0])]);
    const change = { Id: row.Id, Name: 'Renamed "again"\n🦊', Description: null };
    const { successfulResults } = await load("update", [{ ...change, BillingStreet: "" }]);
    assert.deepEqual(successfulResults, [
      { sf__Id: row.Id, sf__Created: "false", ...sent(change), BillingStreet: "" },
    ]);
    assert.deepEqual(await org.stored([row.Ext__c]), [{ ...row, ...change }]);
  });

  test("upsert finds and makes", async () => {
    const ours = keys(2);
    const [row] = await inserted([full(ours[0])]);
    const changes = [
      { Ext__c: ours[0], Name: "Found" },
      { Ext__c: ours[1], Name: "Made" },
    ];
    const results = await load("upsert", changes, { externalIdFieldName: "Ext__c" });
    const [found, made] = await org.stored(ours);
    assert.deepEqual(found, { ...row, Name: "Found" });
    assert.equal(made.Name, "Made");
    // jsforce sends an empty column `Id` with every upsert.
    assert.deepEqual(byKey(results.successfulResults), [
      { sf__Id: found.Id, sf__Created: "false", Id: "", ...changes[0] },
      { sf__Id: made.Id, sf__Created: "true", Id: "", ...changes[1] },
    ]);
  });

  test("delete and hardDelete", async () => {
    const [soft, hard, kept] = await inserted(keys(3).map(full));
    for (const [operation, row] of Object.entries({ delete: soft, hardDelete: hard })) {
      const { successfulResults } = await load(operation, [row]);
      assert.deepEqual(successfulResults, [{ sf__Id: row.Id, sf__Created: "false", Id: row.Id }]);
    }
    assert.deepEqual(await org.stored([soft.Ext__c, hard.Ext__c, kept.Ext__c]), [kept]);
    const soql = `SELECT Id, IsDeleted FROM Account WHERE Ext__c IN ('${soft.Ext__c}', '${hard.Ext__c}')`;
    assert.deepEqual(await org.rows(soql, "queryAll"), [{ Id: soft.Id, IsDeleted: true }]);
  });

  test("rows come as CSV text or as a stream, under any delimiter", async () => {
    const csv = (key) => `Name|Ext__c\n"by ""hand""|,\n🦊"|${key}\n`;
    for (const source of [(text) => text, (text) => Readable.from([text])]) {
      const ours = keys(1);
      const job = bulk2.createJob({
        object: "Account",
        operation: "insert",
        columnDelimiter: "PIPE",
        lineEnding: "LF",
      });
      await job.open();
      await job.uploadData(source(csv(ours[0])));
      await job.close();
      await job.poll();
      assert.equal((await org.stored(ours))[0].Name, 'by "hand"|,\n🦊');
      assert.match(await job.getSuccessfulResults(true), /^"?sf__Id"?\|"?sf__Created"?\|/);
      assert.equal((await job.check()).numberRecordsProcessed, 1);
    }
  });

  test("a job is aborted, then deleted", async () => {
    const job = bulk2.createJob({ object: "Account", operation: "insert" });
    const { state, contentUrl } = await job.open();
    assert.equal(state, "Open");
    assert.match(contentUrl, new RegExp(`jobs/ingest/${job.id}/batches$`));
    await job.abort();
    const again = bulk2.job("ingest", { id: job.id });
    assert.equal((await again.check()).state, "Aborted");
    await again.delete();
    await assert.rejects(again.check(), { errorCode: "NOT_FOUND" });
  });

  // Queries ask for no delimiter: jsforce tells the org, but not its own reader.
  test("every value of a query comes back", async () => {
    const [first, second] = keys(2);
    const rows = await inserted([full(first), sparse(second)]);
    const soql = `${select} WHERE Ext__c IN ('${first}', '${second}') ORDER BY Ext__c`;
    assert.deepEqual(await (await bulk2.query(soql)).toArray(), rows.map(asCsv));
  });

  test("a query of many rows, all in one page", async () => {
    const soql = "SELECT Id, Name, Description, Birthdate, DoNotCall FROM Contact ORDER BY Id";
    const found = await (await bulk2.query(soql)).toArray();
    const rows = await org.rows(soql);
    assert.ok(rows.some(({ Description }) => Description?.includes("\0")));
    assert.deepEqual(found, rows.map(asCsv));
  });

  test("queryAll shows what was deleted", async () => {
    const [row] = await inserted([full(keys(1)[0])]);
    await load("delete", [row]);
    const soql = `${select} WHERE Ext__c = '${row.Ext__c}'`;
    assert.deepEqual(await (await bulk2.query(soql)).toArray(), []);
    assert.deepEqual(await (await bulk2.query(soql, { scanAll: true })).toArray(), [asCsv(row)]);
  });

  test("mistakes are named", { timeout: 20_000 }, async () => {
    const before = await deletions();
    await assert.rejects(bulk2.query("SELECT Nope FROM Account"), { errorCode: "INVALID_FIELD" });
    await assert.rejects(load("insert", [{ Nope: "A" }]), {
      message: /InvalidBatch : Field name not found : Nope/,
    });
    await assert.rejects(load("insert", [{ Name: "A" }], { object: "Nope__c" }), {
      errorCode: "INVALIDENTITY",
    });
    // After each, jsforce deletes the job, made or not, and waits for no answer.
    while ((await deletions()).length < before.length + 3) await setTimeout(20);
    assert.deepEqual((await deletions()).slice(before.length), [404, 204, 404]);
  });
});

/** What the org has answered to deletions. */
async function deletions() {
  const { requests } = await org.control("log");
  return requests.filter(({ method }) => method === "DELETE").map(({ status }) => status);
}
