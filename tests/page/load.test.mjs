/** Loads: a file in, one outcome a row out. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { stage } from "./support/workbench.mjs";

let here;
before(async () => {
  here = await stage();
});
after(() => here?.stop());

async function connected() {
  const workbench = await here.open();
  await workbench.connectDemo();
  return workbench;
}

const people = [
  "FirstName,LastName,Description",
  'Ada,Lovelace,"first, and best"',
  "Nobody,,has no last name",
  'Grace,Hopper,"two\nlines"',
].join("\n");

test("the file is previewed before anything is sent", async () => {
  const workbench = await connected();
  await workbench.choose("people.csv", people);
  assert.equal(await workbench.page.textContent("#file-name"), "people.csv");
  assert.equal(
    await workbench.page.textContent("#preview-summary"),
    "Preview: 3 columns, first 3 rows",
  );
  const rows = await workbench.rows("#preview");
  assert.deepEqual(
    rows.map(({ FirstName, Description }) => [FirstName, Description]),
    [
      ["Ada", "first, and best"],
      ["Nobody", "has no last name"],
      ["Grace", "two\nlines"],
    ],
  );
});

test("each row has its outcome, and they can be filtered", async () => {
  const workbench = await connected();
  const { page } = workbench;
  await workbench.choose("people.csv", people);
  await workbench.load();
  assert.equal(await workbench.failure("load"), "");
  assert.equal(await workbench.phase("load"), "2 rows succeeded, 1 failed, 0 unprocessed");
  const outcomes = await workbench.rows("#outcomes");
  const brief = outcomes.map(({ Outcome, LastName }) => `${Outcome} ${LastName}`);
  assert.deepEqual(brief.sort(), ["created Hopper", "created Lovelace", "failed –null"]);

  await page.check("#outcome-filter [value=failed]");
  const [failed, ...more] = await workbench.rows("#outcomes");
  assert.deepEqual(more, []);
  assert.match(failed.Errors, /REQUIRED_FIELD_MISSING/);
  assert.match(failed.Errors, /LastName/);
  assert.equal(failed.FirstName, "Nobody");

  await page.check("#outcome-filter [value=unprocessed]");
  assert.equal(await page.textContent("#outcomes"), "No such rows.");

  await page.check("#outcome-filter [value=succeeded]");
  for (const { Id } of await workbench.rows("#outcomes")) assert.match(Id, /^003/);
  assert.deepEqual(workbench.complaints, []);
});

test("the rows that failed come as a file", async () => {
  const workbench = await connected();
  await workbench.choose("people.csv", people);
  await workbench.load();
  const [saved] = await Promise.all([
    workbench.page.waitForEvent("download"),
    workbench.page.click("#load-download"),
  ]);
  const text = await readFile(await saved.path(), "utf8");
  assert.match(text, /sf__Error/);
  assert.match(text, /Nobody/);
  assert.doesNotMatch(text, /Lovelace/);
});

test("what is loaded can be queried, updated, upserted and deleted", async () => {
  const workbench = await connected();
  const { page } = workbench;
  await workbench.choose("new.csv", "LastName,Description\nWorkbench,before\n");
  await workbench.load();
  const [{ Id }] = await workbench.rows("#outcomes");

  await workbench.choose("change.csv", `Id,Description\n${Id},after\n`);
  await workbench.load("update");
  assert.match(await workbench.phase("load"), /^1 row succeeded, 0 failed/);

  await page.click("#query-tab");
  await workbench.query(`SELECT Id, Description FROM Contact WHERE Id = '${Id}'`);
  assert.equal((await workbench.rows("#query-rows"))[0].Description, "after");

  await workbench.choose("delete.csv", `Id\n${Id}\n`);
  await workbench.load("delete");
  assert.match(await workbench.phase("load"), /^1 row succeeded, 0 failed/);

  await page.click("#query-tab");
  await workbench.query(`SELECT Id FROM Contact WHERE Id = '${Id}'`);
  assert.equal(await workbench.phase("query"), "0 rows read");
});

test("upsert goes by the external id field", async () => {
  const workbench = await connected();
  const { page } = workbench;
  await workbench.choose("invoices.csv", "Ext__c,Name\nW-1,one\n");
  await page.fill("#object", "Invoice__c");
  await page.selectOption("#operation", "upsert");
  await page.fill("#external-id", "Ext__c");
  await workbench.load("upsert");
  const [first] = await workbench.rows("#outcomes");
  assert.equal(first.Outcome, "created");
  await workbench.load("upsert");
  const [second] = await workbench.rows("#outcomes");
  assert.equal(second.Outcome, "succeeded");
  assert.equal(second.Id, first.Id);
});

test("a file that does not fit the operation is told of before it is sent", async () => {
  const workbench = await connected();
  await workbench.choose("people.csv", people);
  await workbench.page.selectOption("#operation", "update");
  assert.match(await workbench.page.textContent("#operation-hint"), /no column “Id”/);
});

test("deleting for good asks first", async () => {
  const workbench = await connected();
  const { page } = workbench;
  await workbench.choose("new.csv", "LastName\nShortlived\n");
  await workbench.load();
  const [{ Id }] = await workbench.rows("#outcomes");
  await workbench.choose("gone.csv", `Id\n${Id}\n`);
  await page.selectOption("#operation", "hardDelete");

  await page.click("#load-run");
  await page.click("#hard-delete button[value=cancel]");
  await page.waitForSelector("#hard-delete", { state: "hidden" });
  assert.match(await workbench.phase("load"), /succeeded/, "the earlier load's words");

  await page.click("#load-run");
  // The earlier load's words would be no different from those that are waited for.
  await page.evaluate(() => document.querySelector("#load-status .phase").replaceChildren());
  await page.click("#hard-delete button[value=delete]");
  await page.waitForFunction(() => document.querySelector("#load-status .phase").textContent);
  await workbench.ended("load");
  assert.match(await workbench.phase("load"), /^1 row succeeded/);
});

test("a job that fails says why", async () => {
  const workbench = await connected();
  await workbench.choose("odd.csv", "LastName,Nope__c\nSmith,x\n");
  await workbench.load();
  const failure = await workbench.failure("load");
  assert.match(failure, /The job failed/);
  assert.match(failure, /Nope__c/);
  assert.deepEqual(await workbench.rows("#outcomes"), []);
});

test("Stop stops a load, and says what that means", async () => {
  const workbench = await connected();
  const { page } = workbench;
  await workbench.choose("people.csv", people);
  await here.org.control("config", { processingMs: 60_000 });
  try {
    await page.click("#load-run");
    await page.click("#load-stop");
    await workbench.ended("load");
  } finally {
    await here.org.control("config", { processingMs: 200 });
  }
  assert.equal(await workbench.phase("load"), "Stopped");
  assert.equal(await workbench.failure("load"), "");
  assert.match(await page.textContent("#outcomes"), /already processed stays/);
});

test("a file can be dropped", async () => {
  const workbench = await connected();
  const { page } = workbench;
  await page.click("#load-tab");
  const data = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(["LastName\nDropped\n"], "dropped.csv", { type: "text/csv" }));
    return transfer;
  });
  await page.dispatchEvent("#drop", "drop", { dataTransfer: data });
  await page.waitForSelector("#preview table");
  assert.equal(await page.textContent("#file-name"), "dropped.csv");
  await workbench.load();
  assert.match(await workbench.phase("load"), /^1 row succeeded/);
});
