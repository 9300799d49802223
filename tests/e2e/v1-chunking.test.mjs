/** PK chunking: one query, many batches, and all of their records. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { failure } from "./support/failure.mjs";
import { useOrg } from "./support/org.mjs";
import { joined } from "./support/reading.mjs";
import { CONTENT_TYPES } from "./support/v1.mjs";

const org = useOrg({ contacts: 30, accounts: 3 });
const SOQL = "SELECT Id FROM Contact";

async function ids() {
  return (await org.stored("SELECT Id FROM Contact ORDER BY Id")).map(({ Id }) => Id);
}

/** [given, as the header says it]. */
const requests = {
  true: [true, /^true$/i],
  "a number": [10, /^chunkSize=10$/],
  "its parts": [
    { chunkSize: 10, parent: "Account", startRow: "003000000000001AAA" },
    /^chunkSize=10; ?startRow=003000000000001AAA; ?parent=Account$/,
  ],
  "the header's text": ["chunkSize=10; ", /^chunkSize=10;/],
};

for (const [name, [pkChunking, header]] of Object.entries(requests)) {
  test(`asked for by ${name}`, async () => {
    const sent = [];
    const spying = (url, init) => {
      sent.push(new Headers(init.headers).get("sforce-enable-pkchunking"));
      return fetch(url, init);
    };
    await org.connect({ fetch: spying }).v1.createQueryJob("Contact", { pkChunking });
    assert.match(sent[0], header);
  });
}

test("not asked for by false", async () => {
  const sent = [];
  const spying = (url, init) => {
    sent.push(new Headers(init.headers).get("sforce-enable-pkchunking"));
    return fetch(url, init);
  };
  await org.connect({ fetch: spying }).v1.createQueryJob("Contact", { pkChunking: false });
  assert.ok(sent[0] === null || /^false$/i.test(sent[0]), sent[0]);
});

for (const contentType of CONTENT_TYPES) {
  for (const pkChunking of [true, 7, { chunkSize: 7 }, "chunkSize=7"]) {
    test(`records() over all chunks, ${contentType}, ${JSON.stringify(pkChunking)}`, async () => {
      const job = await org.connect().v1.createQueryJob("Contact", { contentType, pkChunking });
      const batch = await job.addQuery(SOQL);
      const rows = await batch.records().toArray();
      assert.deepEqual(rows.map(({ Id }) => Id).sort(), await ids());
      const batches = await job.batches();
      assert.ok(batches.length >= (pkChunking === true ? 3 : 6), `${batches.length} batches`);
      assert.equal((await batch.status()).state, "NotProcessed");
      await job.close();
    });
  }

  test(`wait, isDone and resultIds are of all chunks, ${contentType}`, async () => {
    await org.configure({ resultsPerBatch: 2 });
    const batch = await org.connect().v1.query(SOQL, { contentType, pkChunking: 10 });
    const info = await batch.wait();
    assert.equal(info.state, "NotProcessed");
    assert.equal(await batch.isDone(), true);
    const results = await batch.resultIds();
    const chunks = (await batch.job.batches()).filter(({ id }) => id !== batch.id);
    assert.ok(results.length > chunks.length, `${results.length} of ${chunks.length}`);
    await batch.job.wait();
    assert.equal((await batch.job.status()).state, "Open", "Salesforce adds to it later");
    await batch.job.close();
  });

  test(`request() of a chunk has its range of ids, ${contentType}`, async () => {
    const batch = await org.connect().v1.query(SOQL, { contentType, pkChunking: 10 });
    await batch.wait();
    const [chunk] = (await batch.job.batches()).filter(({ id }) => id !== batch.id);
    assert.match(await batch.job.batch(chunk.id).request(), /WHERE|Id >=/);
  });

  test(`a chunk that fails fails the query, ${contentType}`, async () => {
    await org.configure({ failingChunk: 1 });
    const batch = await org.connect().v1.query(SOQL, { contentType, pkChunking: 10 });
    await failure(batch.records().toArray(), { code: "job-failed", jobId: batch.job.id });
    await failure(batch.wait(), { code: "job-failed", jobId: batch.job.id });
  });
}

test("the CSV of all chunks has one header", async () => {
  const batch = await org.connect().v1.query(SOQL, { pkChunking: 7 });
  const lines = (await joined(batch.records().bytes())).trim().split("\n");
  assert.equal(lines[0], '"Id"');
  assert.deepEqual(
    lines
      .slice(1)
      .map((line) => line.slice(1, -1))
      .sort(),
    await ids(),
  );
});

test("results of a chunk that has not appeared yet are waited for", async () => {
  await org.configure({ chunkingMs: 150 });
  const batch = await org.connect().v1.query(SOQL, { pkChunking: 7 });
  assert.equal((await batch.records().toArray()).length, 30);
});
