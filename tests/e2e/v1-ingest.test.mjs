/** Batches of records in Bulk API 1.0: the same outcomes from all three formats. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { failure, typeError } from "./support/failure.mjs";
import { useOrg } from "./support/org.mjs";
import { joined } from "./support/reading.mjs";
import { streamOf, utf8 } from "./support/sources.mjs";
import { CONTENT_TYPES } from "./support/v1.mjs";

const org = useOrg({ contacts: 0, accounts: 0 });

const RECORDS = [
  { Name: "Žofie 🚀", Ext__c: "1", Description: 'say "hi",\nthen <go> & stay' },
  { Name: "", Ext__c: "2", Description: "no name" },
  { Name: "third", Ext__c: "3", NumberOfEmployees: 7 },
];

const FIELDS = "Name, Ext__c, Description, NumberOfEmployees";
const STORED = [
  { ...RECORDS[0], NumberOfEmployees: null },
  { Description: null, ...RECORDS[2] },
];

/** What became of RECORDS: the same whatever they travelled in. */
const outcomes = (ids) => [
  { index: 0, id: ids[0], success: true, created: true, errors: [] },
  {
    index: 1,
    id: null,
    success: false,
    created: false,
    errors: [
      {
        code: "REQUIRED_FIELD_MISSING",
        message: "Required fields are missing: [Name]",
        fields: ["Name"],
      },
    ],
  },
  { index: 2, id: ids[1], success: true, created: true, errors: [] },
];

const sources = {
  "an array": () => RECORDS,
  "a generator": () => RECORDS.values(),
  "a stream": () => streamOf(RECORDS),
};

for (const contentType of CONTENT_TYPES) {
  for (const [name, source] of Object.entries(sources)) {
    test(`${name}, ${contentType}: one outcome a row, in order`, async () => {
      const job = await org.connect().v1.createInsertJob("Account", { contentType });
      const batch = await job.addBatch(source());
      await job.close();
      const results = await batch.results().toArray();
      const stored = await org.stored(`SELECT Id, ${FIELDS} FROM Account ORDER BY Ext__c`);
      assert.deepEqual(
        stored.map(({ Id: _, ...fields }) => fields),
        STORED,
      );
      assert.deepEqual(results, outcomes(stored.map(({ Id }) => Id)));
    });
  }

  test(`status, isDone and wait, ${contentType}`, async () => {
    await org.configure({ queueMs: 40, processingMs: 40 });
    const job = await org.connect().v1.createInsertJob("Account", { contentType });
    const batch = await job.addBatch(RECORDS);
    assert.equal(await batch.isDone(), false);
    assert.ok(["Queued", "InProgress"].includes((await batch.status()).state));
    const info = await batch.wait();
    assert.equal(await batch.isDone(), true);
    assert.deepEqual(info, await batch.status());
    const { id, jobId, state, stateMessage, numberRecordsProcessed, numberRecordsFailed } = info;
    assert.deepEqual(
      { id, jobId, state, stateMessage, numberRecordsProcessed, numberRecordsFailed },
      {
        id: batch.id,
        jobId: job.id,
        state: "Completed",
        stateMessage: null,
        numberRecordsProcessed: 3,
        numberRecordsFailed: 1,
      },
    );
    assert.deepEqual(await job.batches(), [info]);
    assert.deepEqual(await job.wait(), [info]);
  });

  test(`request() gives back what was sent, ${contentType}`, async () => {
    const job = await org.connect().v1.createInsertJob("Account", { contentType });
    const batch = await job.addBatch([{ Name: "Žofie 🚀" }]);
    const text = await batch.request();
    const expected = {
      CSV: /^"?Name"?\n"?Žofie 🚀"?\n$/,
      JSON: /^\[\{"Name":"Žofie 🚀"\}\]$/,
      XML: /<sObject><Name>Žofie 🚀<\/Name><\/sObject>/,
    };
    assert.match(text, expected[contentType]);
    assert.equal(await joined(batch.requestBytes()), text);
  });

  test(`update, upsert and delete, ${contentType}`, async () => {
    const { v1 } = org.connect();
    const send = async (job, records) => (await job.addBatch(records)).results().toArray();
    const made = await send(await v1.createInsertJob("Account", { contentType }), [
      { Name: "a", Ext__c: "1" },
      { Name: "b", Ext__c: "2" },
    ]);
    const [a, b] = made.map(({ id }) => id);

    const update = await v1.createUpdateJob("Account", { contentType });
    const changes = await send(update, [
      { Id: a, Name: "A" },
      { Id: b, Name: null },
    ]);
    assert.deepEqual(
      changes.map(({ success }) => success),
      [true, false],
    );

    const upsert = await v1.createUpsertJob("Account", "Ext__c", { contentType });
    const upserted = await send(upsert, [
      { Ext__c: "2", Name: "B" },
      { Ext__c: "3", Name: "C" },
    ]);
    assert.deepEqual(
      upserted.map(({ created }) => created),
      [false, true],
    );
    assert.equal(upserted[0].id, b);

    const remove = await v1.createDeleteJob("Account", { contentType });
    await send(remove, [{ Id: a }]);
    const hard = await v1.createHardDeleteJob("Account", { contentType });
    await send(hard, [{ Id: b }]);
    assert.deepEqual(await org.stored("SELECT Name FROM Account"), [{ Name: "C" }]);
  });

  test(`nothing to add, ${contentType}`, async () => {
    const job = await org.connect().v1.createInsertJob("Account", { contentType });
    await failure(job.addBatch([]), { code: "record", message: /no records/i });
    assert.deepEqual(await job.batches(), []);
  });

  test(`a key that no column is for, ${contentType}`, async () => {
    const job = await org.connect().v1.createInsertJob("Account", { contentType });
    const batch = job.addBatch([{ Name: "a" }, { Nmae: "b" }], { columns: ["Name"] });
    await failure(batch, { code: "record", row: 2, field: "Nmae" });
  });

  test(`10,001 records are too many, 10,000 are not, ${contentType}`, async () => {
    const job = await org.connect().v1.createInsertJob("Account", { contentType });
    const records = Array.from({ length: 10_001 }, () => ({ Name: "n" }));
    const limit = { code: "limit", message: /10,000 records and 10,000,000 bytes/ };
    await failure(job.addBatch(records), limit);
    assert.deepEqual(await job.batches(), []);
    await job.addBatch(records.slice(1));
    const [{ numberRecordsProcessed }] = await job.wait();
    assert.equal(numberRecordsProcessed, 10_000);
  });

  test(`more than 10,000,000 bytes are too many, ${contentType}`, async () => {
    const job = await org.connect().v1.createInsertJob("Account", { contentType });
    const records = Array.from({ length: 1001 }, () => ({ Description: "x".repeat(10_000) }));
    const limit = { code: "limit", message: /10,000 records and 10,000,000 bytes/ };
    await failure(job.addBatch(records), limit);
    assert.deepEqual(await job.batches(), []);
  });
}

test("CSV is sent as it is, but for its byte order mark and mixed line ends", async () => {
  const job = await org.connect().v1.createInsertJob("Account");
  const cases = [
    ["Name,Ext__c\na,1\n", "Name,Ext__c\na,1\n"],
    ["\ufeffName,Ext__c\nb,2\n", "Name,Ext__c\nb,2\n"],
    ["Name,Ext__c\r\nc,3\r\n", "Name,Ext__c\r\nc,3\r\n"],
  ];
  for (const [sent, kept] of cases) {
    const batch = await job.addBatch(streamOf([utf8(sent)]));
    assert.equal(await batch.request(), kept);
  }
  await job.wait();
  assert.deepEqual(await org.stored("SELECT Name, Ext__c FROM Account ORDER BY Ext__c"), [
    { Name: "a", Ext__c: "1" },
    { Name: "b", Ext__c: "2" },
    { Name: "c", Ext__c: "3" },
  ]);
});

test("10,001 rows of CSV, and more than 10,000,000 bytes of it", async () => {
  const job = await org.connect().v1.createInsertJob("Account");
  const limit = { code: "limit", message: /10,000 records and 10,000,000 bytes/ };
  await failure(job.addBatch(`Name\n${"n\n".repeat(10_001)}`), limit);
  await failure(job.addBatch(`Description\n${"x".repeat(10_000_000)}\n`), limit);
  const batch = await job.addBatch(`Name\n${"n\n".repeat(10_000)}`);
  assert.equal((await batch.wait()).numberRecordsProcessed, 10_000);
});

for (const contentType of ["JSON", "XML"]) {
  test(`CSV does not go into a ${contentType} job`, async () => {
    const job = await org.connect().v1.createInsertJob("Account", { contentType });
    await typeError(() => job.addBatch("Name\na\n"), new RegExp(`content type is ${contentType}`));
  });
}

test("a field that XML has no name for: an error with the number of the record among all", async () => {
  const job = await org.connect().v1.createInsertJob("Account", { contentType: "XML" });
  const records = Array.from({ length: 1_200 }, (_, at) => ({ Name: `n${at}` }));
  records[1_001]["no name"] = "x";
  const message = /^Record 1002, field no name: the name cannot be written in XML\.$/;
  await failure(job.addBatch(records), { code: "record", row: 1_002, message });
});

test("a mapping names the fields of foreign headers", async () => {
  const spec = "Salesforce Field,Csv Header,Value,Hint\nName,Firma,,\nExt__c,Nummer,,\n";
  const asRecords = [
    { "Salesforce Field": "Name", "Csv Header": "Firma", Value: "", Hint: "" },
    { "Salesforce Field": "Ext__c", "Csv Header": "Nummer", Value: null, Hint: undefined },
  ];
  for (const [at, given] of [spec, asRecords].entries()) {
    const job = await org.connect().v1.createInsertJob("Account");
    await job.postMapping(given);
    const batch = await job.addBatch(`Firma,Nummer\nAcme,${at}\n`);
    assert.deepEqual(
      (await batch.results().toArray()).map(({ success }) => success),
      [true],
    );
  }
  const stored = await org.stored("SELECT Name, Ext__c FROM Account ORDER BY Ext__c");
  assert.deepEqual(stored, [
    { Name: "Acme", Ext__c: "0" },
    { Name: "Acme", Ext__c: "1" },
  ]);
});

test("a mapping that is none", async () => {
  const job = await org.connect().v1.createInsertJob("Account");
  await failure(job.postMapping("a,b\n1,2\n"), { code: "request", jobId: job.id });
});
