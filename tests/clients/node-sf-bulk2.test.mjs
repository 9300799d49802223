/** npm's node-sf-bulk2, written by an engineer of Salesforce, against the org. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, describe, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { ensureInstalled } from "../../scripts/lib/npm.mjs";
import { startOrg } from "../support/org.mjs";
import { format, parse } from "./support/csv.mjs";
import { report } from "./support/report.mjs";
import { rowsOf } from "./support/rows.mjs";
import { among, asCsv, full, keys, nameless, select, sparse } from "./support/samples.mjs";

const folder = fileURLToPath(new URL(".", import.meta.url));
ensureInstalled(folder);
const {
  default: { BulkAPI2 },
} = await import("node-sf-bulk2");

// Its types name the members of `resultPages` as its author met them.
const config = { queueMs: 10, processingMs: 20, pageSize: 300, resultPages: "field" };
const server = await startOrg({ contacts: 1_250, args: ["--config", JSON.stringify(config)] });
const bulk = new BulkAPI2({ ...(await server.session()), apiVersion: "62.0" });

after(() => server.stop());

const { version } = JSON.parse(
  readFileSync(`${folder}/node_modules/node-sf-bulk2/package.json`, "utf8"),
);
report(
  "node-sf-bulk2",
  version,
  "query by locator, by pages and as a stream; insert, upsert, delete, multipart, abort, lists",
);

const rows = (soql, resource) => rowsOf(server, soql, resource);
const stored = (of) => rows(`${select} WHERE ${among(of)} ORDER BY Ext__c`);

/** Asks for a job until it is at its end. */
async function ended(ask) {
  for (;;) {
    const job = await ask();
    if (["JobComplete", "Failed", "Aborted"].includes(job.state)) return job;
    await setTimeout(20);
  }
}

async function queried(query) {
  const { id } = await bulk.submitBulkQueryJob({ operation: "query", query });
  const job = await ended(() => bulk.getBulkQueryJobInfo(id));
  assert.equal(job.state, "JobComplete");
  return job;
}

/** Creates, uploads and closes, and waits for the end. */
async function loaded(operation, sent, more = {}) {
  const job = await bulk.createDataUploadJob({ object: "Account", operation, ...more });
  assert.equal(await bulk.uploadJobData(job.contentUrl, format(sent)), 201);
  await bulk.closeOrAbortJob(job.id, "UploadComplete");
  return ended(() => bulk.getIngestJobInfo(job.id));
}

const results = async (id, kind) => parse(await bulk.getResults(id, kind));
const SUCCESSFUL = 0;
const FAILED = 1;

describe("node-sf-bulk2", () => {
  const soql = "SELECT Id, LastName, Description, Birthdate FROM Contact";

  test("a query by its locators", async () => {
    const { id, numberRecordsProcessed } = await queried(soql);
    assert.equal(numberRecordsProcessed, 1_250);
    const found = [];
    let locator;
    do {
      const page = await bulk.getBulkQueryResults(id, locator, 400);
      found.push(...parse(page.data));
      locator = page.headers["sforce-locator"];
    } while (locator !== "null");
    assert.deepEqual(found, (await rows(soql)).map(asCsv));
    await bulk.deleteBulkQueryJob(id);
  });

  test("a query by its pages, whole and as streams", async () => {
    const { id } = await queried(soql);
    const { resultChunks, done, nextRecordsUrl } = await bulk.getBulkQueryResultPages(id);
    assert.deepEqual([resultChunks.length, done, nextRecordsUrl], [5, true, null]);
    const found = [];
    for (const { resultLink } of resultChunks) {
      const { data } = await bulk.getResultPage(resultLink);
      const parts = await (await bulk.getResultPageStream(resultLink)).toArray();
      assert.equal(Buffer.concat(parts).toString(), data);
      found.push(...parse(data));
    }
    assert.deepEqual(found, (await rows(soql)).map(asCsv));
  });

  test("insert with a bad row", async () => {
    const ours = keys(3);
    const sent = [full(ours[0]), nameless(ours[1]), sparse(ours[2])];
    const job = await loaded("insert", sent);
    assert.deepEqual([job.numberRecordsProcessed, job.numberRecordsFailed], [3, 1]);
    const found = await stored(ours);
    assert.deepEqual(found, [
      { Id: found[0].Id, ...sent[0] },
      { Id: found[1].Id, ...sent[2] },
    ]);
    const good = await results(job.id, SUCCESSFUL);
    assert.deepEqual(good.map(({ sf__Id }) => sf__Id).sort(), found.map(({ Id }) => Id).sort());
    const [bad] = await results(job.id, FAILED);
    assert.deepEqual([bad.Ext__c, bad.sf__Id], [ours[1], ""]);
    await bulk.deleteIngestJob(job.id);
  });

  test("upsert and delete", async () => {
    const [old, fresh] = keys(2);
    await loaded("insert", [full(old)]);
    const sent = [{ ...full(old), Name: "Renamed" }, full(fresh)];
    const job = await loaded("upsert", sent, { externalIdFieldName: "Ext__c" });
    assert.equal(job.numberRecordsFailed, 0);
    const found = await stored([old, fresh]);
    assert.deepEqual(
      found.map(({ Name }) => Name),
      ["Renamed", full(fresh).Name],
    );
    await loaded("delete", [{ Id: found[0].Id }]);
    assert.deepEqual(await stored([old, fresh]), [found[1]]);
  });

  test("a job and its rows in one request", async () => {
    const [key] = keys(1);
    const request = { object: "Account", operation: "insert", lineEnding: "LF" };
    const { id, state } = await bulk.createDataUploadJobWithData(request, format([full(key)]));
    assert.equal(state, "UploadComplete");
    const job = await ended(() => bulk.getIngestJobInfo(id));
    assert.deepEqual([job.state, job.numberRecordsProcessed], ["JobComplete", 1]);
    const [row] = await stored([key]);
    assert.deepEqual(row, { Id: row.Id, ...full(key) });
  });

  test("jobs are aborted and listed", async () => {
    const job = await bulk.createDataUploadJob({ object: "Account", operation: "insert" });
    assert.equal((await bulk.closeOrAbortJob(job.id, "Aborted")).state, "Aborted");
    const listed = await bulk.getAllIngestJobInfo({ jobType: "V2Ingest" });
    const ours = listed.records.find(({ id }) => id === job.id);
    assert.deepEqual([listed.done, ours.state], [true, "Aborted"]);
    const queries = await bulk.getAllBulkQueryJobInfo();
    assert.ok(queries.records.some(({ operation }) => operation === "query"));
  });
});
