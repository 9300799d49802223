/** What a load gives: its summary as often as it is asked for, and one outcome a row. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { failure, thrown } from "./support/failure.mjs";
import { useOrg } from "./support/org.mjs";

const org = useOrg({ contacts: 0, accounts: 0 });

const named = (count) =>
  Array.from({ length: count }, (_, at) => ({ Name: `n${at}`, Ext__c: `e${at}` }));

test("done() may be called any number of times", async () => {
  const load = org.connect().insert("Account", named(3));
  const [first, second] = await Promise.all([load.done(), load.done()]);
  assert.equal(first, second);
  assert.equal(await load.done(), first);
  const { jobs, ...counts } = first;
  assert.deepEqual(counts, { processed: 3, succeeded: 3, failed: 0, unprocessed: 0 });
  assert.deepEqual(
    jobs.map(({ state }) => state),
    ["JobComplete"],
  );
  assert.equal(await org.count("PUT", /batches/), 1);
});

test("a load starts without being asked for its end", async () => {
  org.connect().insert("Account", named(3));
  for (let tries = 0; (await org.total("SELECT Id FROM Account")) < 3; tries++) {
    assert.ok(tries < 100, "the rows were to come");
    await pause(10);
  }
});

test("a failure that nobody asks about is no unhandled rejection", async () => {
  const load = org.connect().insert("Nothing__c", named(1));
  await pause(50);
  await failure(load.done(), { code: "request" });
});

test("one row of many is bad", async () => {
  const records = named(20);
  records[7] = { Ext__c: "bad", Name: "" };
  const load = org.connect().insert("Account", records);
  const { jobs: _, ...counts } = await load.done();
  assert.deepEqual(counts, { processed: 20, succeeded: 19, failed: 1, unprocessed: 0 });
  const results = await load.results().toArray();
  assert.equal(results.length, 20);
  const [bad, ...others] = results.filter(({ success }) => !success);
  assert.deepEqual(others, []);
  assert.deepEqual(bad, {
    id: null,
    success: false,
    created: false,
    processed: true,
    errors: [
      {
        code: "REQUIRED_FIELD_MISSING",
        message: "Required fields are missing: [Name]",
        fields: ["Name"],
      },
    ],
    fields: { Ext__c: "bad", Name: null },
  });
});

test("outcomes come in the server's order, and say of which row by its fields alone", async () => {
  const sent = named(20);
  const results = await org.connect().insert("Account", sent).results().toArray();
  const order = results.map(({ fields }) => fields.Ext__c);
  assert.notDeepEqual(
    order,
    sent.map(({ Ext__c }) => Ext__c),
    "the org shuffles",
  );
  const stored = await org.stored("SELECT Id, Name, Ext__c FROM Account");
  const idOf = new Map(stored.map(({ Ext__c, Id }) => [Ext__c, Id]));
  for (const result of results) {
    assert.equal(result.id, idOf.get(result.fields.Ext__c));
    assert.deepEqual(Object.keys(result).sort(), [
      "created",
      "errors",
      "fields",
      "id",
      "processed",
      "success",
    ]);
  }
});

for (const emptyResults of ["noContent", "zeroBytes", "headerOnly"]) {
  test(`result sets without rows, as ${emptyResults}`, async () => {
    await org.configure({ emptyResults });
    const load = org.connect().insert("Account", named(2));
    assert.deepEqual(
      (await load.results().toArray()).map(({ success }) => success),
      [true, true],
    );
    const none = org.connect().insert("Account", [{ Name: "", Ext__c: "x" }]);
    assert.deepEqual(
      (await none.results().toArray()).map(({ success }) => success),
      [false],
    );
  });
}

test("update, upsert, delete and hardDelete", async () => {
  const bulk = org.connect();
  await bulk.insert("Account", named(3)).done();
  const records = await org.stored("SELECT Id, Ext__c FROM Account ORDER BY Ext__c");
  const [first, second, third] = records.map(({ Id }) => ({ Id }));

  const updated = await bulk
    .update("Account", [{ ...first, Name: "new" }])
    .results()
    .toArray();
  assert.deepEqual(outline(updated), [[first.Id, true, false]]);

  const upserted = await bulk
    .upsert("Account", "Ext__c", [
      { Ext__c: "e1", Name: "up" },
      { Ext__c: "e9", Name: "in" },
    ])
    .results()
    .toArray();
  assert.deepEqual(upserted.map(({ created }) => created).sort(), [false, true]);
  const names = await org.stored("SELECT Name FROM Account ORDER BY Name");
  assert.deepEqual(
    names.map(({ Name }) => Name),
    ["in", "n2", "new", "up"],
  );

  const deleted = await bulk.delete("Account", [second]).results().toArray();
  assert.deepEqual(outline(deleted), [[second.Id, true, false]]);
  await bulk.hardDelete("Account", [third]).done();
  const all = await bulk.queryAll("SELECT Id FROM Account").toArray();
  assert.ok(
    all.some(({ Id }) => Id === second.Id),
    "in the recycle bin",
  );
  assert.ok(!all.some(({ Id }) => Id === third.Id), "gone for good");
  assert.equal(await org.total("SELECT Id FROM Account"), 2);
});

test("hardDelete needs a permission", async () => {
  await org.configure({ hardDelete: false });
  const load = org.connect().hardDelete("Account", [{ Id: "001000000000001AAA" }]);
  await failure(load.done(), { code: "request", errorCode: "FEATURENOTENABLED" });
});

test("progress goes from reading to done", async () => {
  const seen = [];
  const onProgress = (progress) => seen.push(progress);
  await org.connect().insert("Account", named(5), { onProgress }).done();
  const phases = [...new Set(seen.map(({ phase }) => phase))];
  assert.deepEqual(phases, ["reading", "uploading", "processing", "done"]);
  const { phase: _, jobId, ...counts } = seen.at(-1);
  assert.match(jobId, /^750/);
  assert.deepEqual(counts, { processed: 5, failed: 0 });
});

test("a source that fails ends the load with what it threw, and sends nothing", async () => {
  const mine = new Error("mine");
  function* broken() {
    yield { Name: "a" };
    throw mine;
  }
  assert.equal(await thrown(org.connect().insert("Account", broken()).done()), mine);
  assert.equal(await org.count("POST", /ingest/), 0);
});

test("results of a load that failed reject as the load did", async () => {
  const load = org.connect().insert("Account", [{ Nothing__c: "x" }]);
  const error = await failure(load.done(), { code: "job-failed", state: "Failed" });
  assert.equal(await thrown(load.results().toArray()), error);
});

test("rows that Salesforce did not come to are counted as unprocessed", async () => {
  const short = async (url, init) => {
    const response = await fetch(url, init);
    if (!/jobs\/ingest\/\w{18}$/.test(url)) return response;
    const job = await response.json();
    return Response.json({ ...job, numberRecordsProcessed: 2 }, { status: response.status });
  };
  const load = org.connect({ fetch: short }).insert("Account", named(5));
  const { jobs: _, ...counts } = await load.done();
  assert.deepEqual(counts, { processed: 2, succeeded: 2, failed: 0, unprocessed: 3 });
});

function outline(results) {
  return results.map(({ id, success, created }) => [id, success, created]);
}
