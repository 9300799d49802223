/** jsforce's `bulk`, which is Bulk API 1.0 in CSV, against the org. */
import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { before, describe, test } from "node:test";
import { asCsv, full, keys, nameless, select, sparse } from "../support/samples.mjs";
import { org } from "./org.mjs";

let bulk;

const done = (id, created = false) => ({ id, success: true, created, errors: [] });

async function inserted(rows) {
  const results = await bulk.load("Account", "insert", rows);
  return rows.map((row, at) => ({ Id: results[at].id, ...row }));
}

describe("jsforce: bulk", () => {
  before(async () => {
    ({ bulk } = await org.connect());
  });

  test("insert with a bad row", async () => {
    const ours = keys(3);
    const rows = [full(ours[0]), nameless(ours[1]), sparse(ours[2])];
    const results = await bulk.load("Account", "insert", rows);
    const [first, third] = await org.stored(ours);
    assert.deepEqual(
      [first, third],
      [
        { Id: first.Id, ...rows[0] },
        { Id: third.Id, ...rows[2] },
      ],
    );
    const error = "REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --";
    assert.deepEqual(results, [
      done(first.Id, true),
      { id: null, success: false, created: false, errors: [error] },
      done(third.Id, true),
    ]);
  });

  test("update, where null empties a field and an empty text leaves it", async () => {
    const [row] = await inserted([full(keys(1)[0])]);
    const change = { Id: row.Id, Name: 'Renamed "again"\n🦊', Description: null };
    const results = await bulk.load("Account", "update", [{ ...change, BillingStreet: "" }]);
    assert.deepEqual(results, [done(row.Id)]);
    assert.deepEqual(await org.stored([row.Ext__c]), [{ ...row, ...change }]);
  });

  test("upsert finds and makes", async () => {
    const ours = keys(2);
    const [row] = await inserted([full(ours[0])]);
    const changes = [
      { Ext__c: ours[0], Name: "Found" },
      { Ext__c: ours[1], Name: "Made" },
    ];
    const results = await bulk.load("Account", "upsert", { extIdField: "Ext__c" }, changes);
    const [found, made] = await org.stored(ours);
    assert.deepEqual(found, { ...row, Name: "Found" });
    assert.equal(made.Name, "Made");
    assert.deepEqual(results, [done(found.Id), done(made.Id, true)]);
  });

  test("delete and hardDelete", async () => {
    const [soft, hard, kept] = await inserted(keys(3).map(full));
    assert.deepEqual(await bulk.load("Account", "delete", [soft]), [done(soft.Id)]);
    assert.deepEqual(await bulk.load("Account", "hardDelete", [hard]), [done(hard.Id)]);
    assert.deepEqual(await org.stored([soft.Ext__c, hard.Ext__c, kept.Ext__c]), [kept]);
    const soql = `SELECT Id, IsDeleted FROM Account WHERE Ext__c IN ('${soft.Ext__c}', '${hard.Ext__c}')`;
    assert.deepEqual(await org.rows(soql, "queryAll"), [{ Id: soft.Id, IsDeleted: true }]);
  });

  // A nested object would become two columns, one of them wrong, so the column is named in full.
  test("a parent is named by its external id", async () => {
    const [account] = await inserted([full(keys(1)[0])]);
    const row = { LastName: "Child", "Account.Ext__c": account.Ext__c };
    const [{ id }] = await bulk.load("Contact", "insert", [row]);
    const found = await org.rows(`SELECT AccountId FROM Contact WHERE Id = '${id}'`);
    assert.deepEqual(found, [{ AccountId: account.Id }]);
  });

  test("rows come as CSV text or as a stream", async () => {
    const csv = (key) => `Name,Ext__c\n"by ""hand"",\n🦊",${key}\n`;
    for (const source of [(text) => text, (text) => Readable.from([text])]) {
      const ours = keys(1);
      const results = await bulk.load("Account", "insert", source(csv(ours[0])));
      const [stored] = await org.stored(ours);
      assert.equal(stored.Name, 'by "hand",\n🦊');
      assert.deepEqual(results, [done(stored.Id, true)]);
    }
  });

  test("every value of a query comes back", async () => {
    const [first, second] = keys(2);
    const rows = await inserted([full(first), sparse(second)]);
    const soql = `${select} WHERE Ext__c IN ('${first}', '${second}') ORDER BY Ext__c`;
    assert.deepEqual(await (await bulk.query(soql)).toArray(), rows.map(asCsv));
  });

  test("a query of many rows", async () => {
    const soql = "SELECT Id, Name, Description, Birthdate, DoNotCall FROM Contact ORDER BY Id";
    const found = await (await bulk.query(soql)).toArray();
    const rows = await org.rows(soql);
    assert.ok(rows.some(({ Description }) => Description?.includes("\0")));
    assert.deepEqual(found, rows.map(asCsv));
  });

  test("queryAll shows what was deleted", async () => {
    const [row] = await inserted([full(keys(1)[0])]);
    await bulk.load("Account", "delete", [row]);
    const soql = `${select} WHERE Ext__c = '${row.Ext__c}'`;
    const job = bulk.createJob("Account", "queryAll");
    const batch = job.createBatch();
    batch.on("queue", () => batch.poll(20, 10_000));
    const [result] = await batch.execute(soql);
    assert.deepEqual(await batch.result(result.id).toArray(), [asCsv(row)]);
    await job.close();
  });

  test("a job is opened, filled, looked at and closed", async () => {
    const job = bulk.createJob("Account", "insert", { concurrencyMode: "Serial" });
    const { id } = await job.open();
    const batches = [job.createBatch(), job.createBatch()];
    for (const batch of batches) {
      batch.on("queue", () => batch.poll(20, 10_000));
      const [result] = await batch.execute([full(keys(1)[0])]);
      assert.equal(result.success, true);
      assert.equal((await batch.check()).state, "Completed");
    }
    const listed = await job.list();
    assert.deepEqual(
      listed.map((batch) => [batch.id, batch.state, batch.numberRecordsProcessed]),
      batches.map((batch) => [batch.id, "Completed", "1"]),
    );
    await job.close();
    const { state, concurrencyMode, numberBatchesCompleted } = await bulk.job(id).check();
    assert.deepEqual([state, concurrencyMode, numberBatchesCompleted], ["Closed", "Serial", "2"]);
  });

  test("a job is aborted", async () => {
    const job = bulk.createJob("Account", "insert");
    const { id } = await job.open();
    await job.abort();
    assert.equal((await bulk.job(id).check()).state, "Aborted");
  });

  test("mistakes are named", async () => {
    await assert.rejects(bulk.query("SELECT Nope FROM Account"), {
      message: /^InvalidBatch : .*INVALID_FIELD.*No such column 'Nope' on entity 'Account'/s,
    });
    await assert.rejects(Promise.resolve(bulk.load("Account", "insert", [{ Nope: "A" }])), {
      message: "InvalidBatch : Field name not found : Nope",
    });
    await assert.rejects(bulk.createJob("Nope__c", "insert").open(), { name: "InvalidEntity" });
  });
});
