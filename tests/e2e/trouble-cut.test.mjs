/** Bodies that break off in the middle: reading goes on from there, and no row is lost or doubled. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { failure } from "./support/failure.mjs";
import { useOrg } from "./support/org.mjs";
import { joined } from "./support/reading.mjs";

const org = useOrg({ contacts: 200, accounts: 3, config: { pageSize: 80, gzipResponses: false } });
const FIELDS = ["Id", "LastName", "Description"];
const SOQL = `SELECT ${FIELDS.join(", ")} FROM Contact ORDER BY Id`;

const reads = {
  "2.0, by result pages": (bulk) => bulk.query(SOQL),
  "2.0, by locator": (bulk) => bulk.query(SOQL, { maxRecords: 70 }),
  ...Object.fromEntries(
    ["CSV", "JSON", "XML"].map((contentType) => [
      `1.0, ${contentType}`,
      async (bulk) => (await bulk.v1.query(SOQL, { contentType })).records(),
    ]),
  ),
};

/** Everything after the first fault goes well; the faults strike one after another. */
const cuts = {
  "in half": [{ fraction: 0.5 }],
  "at once": [{ bytes: 0 }],
  "in the header": [{ bytes: 3 }],
  "in a row, three times": [{ bytes: 300 }, { bytes: 2000 }, { fraction: 0.9 }],
  "just before the end": [{ fraction: 0.999 }],
};

function order(parts) {
  const rule = (cut) => ({ path: "/result", times: 1, effect: { kind: "cut", ...cut } });
  return org.fault(...parts.map(rule).map((one, at) => ({ ...one, skip: skipOf(at) })));
}

/** Rules count the requests that go by; of those below `/result`, some are lists of results. */
const skipOf = (at) => at + 1;

for (const [name, read] of Object.entries(reads)) {
  for (const [where, parts] of Object.entries(cuts)) {
    test(`${name}: rows, cut ${where}`, async () => {
      const expected = await (await read(org.connect())).toArray();
      assert.equal(expected.length, 200);
      await order(parts);
      const rows = await (await read(org.connect())).toArray();
      assert.deepEqual(rows, expected);
      await allStruck();
    });
  }
}

for (const [where, parts] of Object.entries(cuts)) {
  for (const name of ["2.0, by result pages", "2.0, by locator", "1.0, CSV"]) {
    test(`${name}: bytes, cut ${where}`, async () => {
      const read = reads[name];
      const expected = await joined((await read(org.connect())).bytes());
      await order(parts);
      assert.equal(await joined((await read(org.connect())).bytes()), expected);
      await allStruck();
    });
  }
}

test("results of a load, cut in half", async () => {
  const load = org.connect().insert(
    "Account",
    Array.from({ length: 100 }, (_, at) => ({ Name: `n${at}`, Ext__c: `e${at}` })),
  );
  await load.done();
  await org.fault({ path: "Results", times: 1, effect: { kind: "cut", fraction: 0.5 } });
  const results = await load.results().toArray();
  assert.equal(new Set(results.map(({ fields }) => fields.Ext__c)).size, 100);
  assert.equal(results.length, 100);
  await allStruck();
});

test("control documents, cut in half", async () => {
  await org.fault({
    method: "GET",
    path: "/jobs/query/",
    times: 2,
    effect: { kind: "cut", fraction: 0.5 },
  });
  assert.equal((await org.connect().query(SOQL).toArray()).length, 200);
  await allStruck();
});

test("a body that always breaks off is a failure of the network in the end", async () => {
  await org.fault({ path: "/results", effect: { kind: "cut", bytes: 100 } });
  const bulk = org.connect({ retry: { attempts: 3, maxDelay: 5 } });
  await failure(bulk.query(SOQL).toArray(), { code: "network", retryable: true });
});

async function allStruck() {
  assert.deepEqual(await org.control("faults"), [], "every fault struck");
}
