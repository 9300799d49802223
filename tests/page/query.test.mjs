/** Queries: rows on the page, and in a file. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { stage } from "./support/workbench.mjs";

let here;
before(async () => {
  here = await stage();
});
after(() => here?.stop());

async function connected(settings) {
  const workbench = await here.open(settings);
  await workbench.connectDemo();
  return workbench;
}

test("a query runs as a bulk job and its first rows are shown", async () => {
  const workbench = await connected();
  await workbench.query("SELECT Id, LastName, Email FROM Contact");
  assert.equal(await workbench.failure("query"), "");
  assert.equal(await workbench.phase("query"), "1,000 rows read");
  assert.equal(await workbench.page.textContent("#query-summary"), "The first 200 of 1,000 rows");
  const rows = await workbench.rows("#query-rows");
  assert.equal(rows.length, 200);
  assert.equal(new Set(rows.map(({ Id }) => Id)).size, 200);
  for (const { Id } of rows) assert.match(Id, /^003[0-9A-Za-z]{15}$/);
  assert.deepEqual(workbench.complaints, []);
});

test("an empty cell is a dash to the eye and null to the ear", async () => {
  const workbench = await connected();
  await workbench.query("SELECT Id, Phone FROM Contact WHERE Phone = null LIMIT 1");
  const cell = workbench.page.locator("#query-rows tbody td").nth(1);
  assert.equal(await cell.locator(".null").textContent(), "–");
  assert.equal(await cell.locator(".visually-hidden").textContent(), "null");
});

test("no rows are not an error", async () => {
  const workbench = await connected();
  await workbench.query("SELECT Id FROM Contact WHERE LastName = 'Nobody at all'");
  assert.equal(await workbench.phase("query"), "0 rows read");
  assert.equal(await workbench.page.textContent("#query-rows"), "No rows match.");
});

test("the header stays when the rows scroll", async () => {
  const workbench = await connected();
  await workbench.query("SELECT Id, LastName FROM Contact");
  const tops = await workbench.page.$eval("#query-rows", (region) => {
    const top = () => region.querySelector("thead th").getBoundingClientRect().top;
    const before = top();
    region.scrollTop = 2000;
    return { before, after: top(), scrolled: region.scrollTop };
  });
  assert.equal(tops.scrolled, 2000);
  assert.equal(tops.after, tops.before);
});

test("SOQL with a mistake shows what Salesforce says of it", async () => {
  const workbench = await connected();
  await workbench.query("SELECT Nope__c FROM Contact");
  const failure = await workbench.failure("query");
  assert.match(failure, /Salesforce refused the request/);
  assert.match(failure, /INVALID_FIELD/);
  assert.match(failure, /No such column 'Nope__c'/);
  await workbench.query("SELECT Id FROM Contact LIMIT 1");
  assert.equal(await workbench.failure("query"), "");
});

test("Stop stops: no error, and the query can be run again", async () => {
  const workbench = await connected();
  await here.org.control("config", { processingMs: 60_000 });
  try {
    await workbench.page.click("#query-run");
    await workbench.page.click("#query-stop");
    await workbench.ended("query");
    assert.equal(await workbench.phase("query"), "Stopped");
    assert.equal(await workbench.failure("query"), "");
  } finally {
    await here.org.control("config", { processingMs: 200 });
  }
  await workbench.query("SELECT Id FROM Contact LIMIT 2");
  assert.equal(await workbench.phase("query"), "2 rows read");
});

const soql = "SELECT Id, LastName FROM Contact ORDER BY Id LIMIT 500";

async function download(workbench) {
  const [saved] = await Promise.all([
    workbench.page.waitForEvent("download"),
    workbench.page.click("#query-download"),
  ]);
  await workbench.ended("query");
  return { name: saved.suggestedFilename(), text: await readFile(await saved.path(), "utf8") };
}

function assertWhole(text) {
  const [header, ...lines] = text.trimEnd().split("\n");
  assert.match(header, /^"?Id"?,"?LastName"?$/);
  assert.equal(lines.filter((line) => /^"?003/.test(line)).length, 500);
}

test("the CSV comes as a file, of a query that was not run before", async () => {
  const workbench = await connected();
  await workbench.page.fill("#soql", soql);
  const { name, text } = await download(workbench);
  assert.match(name, /^Contact \d{4}-\d\d-\d\d\.csv$/);
  assertWhole(text);
  assert.match(await workbench.phase("query"), /^\d.* kB saved$/);
});

test("after a run, the CSV is that job's: no second job", async () => {
  const workbench = await connected();
  const jobs = [];
  workbench.page.on("request", (request) => {
    if (request.method() === "POST") jobs.push(new URL(request.url()).pathname);
  });
  await workbench.query(soql);
  assertWhole((await download(workbench)).text);
  assert.equal(jobs.length, 1, jobs.join("\n"));
  assert.match(jobs[0], /\/jobs\/query\/?$/);
});

test("where the browser can write files, the CSV goes straight into one", async () => {
  const workbench = await connected({ picker: true });
  const { page } = workbench;
  // The origin's private file system stands in for the dialog, which no test could answer.
  await page.evaluate(() => {
    window.showSaveFilePicker = async ({ suggestedName }) => {
      const folder = await navigator.storage.getDirectory();
      return folder.getFileHandle(suggestedName, { create: true });
    };
  });
  await page.fill("#soql", soql);
  await page.click("#query-download");
  await workbench.ended("query");
  await page.waitForFunction(() =>
    document.querySelector("#query-status .phase").textContent.includes("saved"),
  );
  const text = await page.evaluate(async () => {
    const folder = await navigator.storage.getDirectory();
    for await (const handle of folder.values()) return (await handle.getFile()).text();
  });
  assertWhole(text);
  assert.deepEqual(workbench.complaints, []);
});
