/** Values of records as the org stores them, by every format in which they travel. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { failure } from "./support/failure.mjs";
import { useOrg } from "./support/org.mjs";

/** A moment that has another date in most other places. */
const MOMENT = new Date("2026-03-04T23:30:00.123Z");

const org = useOrg({ contacts: 0, accounts: 0 });

/** By whole loads (CSV of 2.0), and by the batches of 1.0. */
const routes = {
  "2.0": (bulk, operation, records, options, object = "Account") =>
    operation === "insert"
      ? bulk.insert(object, records, options).results().toArray()
      : bulk.upsert(object, "Ext__c", records, options).results().toArray(),
  ...Object.fromEntries(
    ["CSV", "JSON", "XML"].map((contentType) => [contentType, byBatch(contentType)]),
  ),
};

function byBatch(contentType) {
  return async (bulk, operation, records, options, object = "Account") => {
    const job = await bulk.v1.createJob({
      object,
      operation,
      contentType,
      ...(operation === "upsert" ? { externalIdFieldName: "Ext__c" } : {}),
    });
    const batch = await job.addBatch(records, options);
    return batch.results().toArray();
  };
}

/** [field, value, as stored]. */
const values = [
  ["Description", "text", "text"],
  ["Description", "😀 𐍈 \t end", "😀 𐍈 \t end"],
  ["Description", 'say "hi", twice', 'say "hi", twice'],
  ["Description", "<b>&amp;</b>]]>", "<b>&amp;</b>]]>"],
  ["Description", "=1+1", "=1+1"],
  ["Description", "a\nb", "a\nb"],
  ["Description", 12345678901234567890n, "12345678901234567890"],
  ["NumberOfEmployees", 42, 42],
  ["NumberOfEmployees", -0, 0],
  ["Score__c", 0.1, 0.1],
  ["Score__c", 1.5e-7, 1.5e-7],
  ["Active__c", true, true],
  ["Active__c", false, false],
  ["Since__c", "2026-03-04", "2026-03-04"],
  ["Segments__c", ["Public", "Startup"], "Public;Startup"],
  ["Description", null, null],
  ["Description", "", null],
  ["Description", undefined, null],
];

for (const [route, send] of Object.entries(routes)) {
  test(`${route}: values`, async () => {
    const records = values.map(([field, value], at) => ({
      Name: `row ${at}`,
      AccountNumber: String(at).padStart(2, "0"),
      [field]: value,
    }));
    const results = await send(org.connect(), "insert", records);
    assert.deepEqual(
      results.flatMap(({ errors }) => errors),
      [],
    );
    const fields = [...new Set(values.map(([field]) => field))];
    const soql = `SELECT ${fields.join(", ")} FROM Account ORDER BY AccountNumber`;
    const stored = await org.stored(soql);
    for (const [at, [field, value, expected]] of values.entries()) {
      assert.deepEqual(stored[at][field], expected, `${field}: ${String(value)}`);
    }
  });

  test(`${route}: null clears, undefined and "" leave alone, but "" clears if told so`, async () => {
    const bulk = org.connect();
    const before = { Name: "A", Ext__c: "1", Description: "here" };
    const described = async () =>
      (await org.stored("SELECT Description FROM Account WHERE Ext__c = '1'"))[0].Description;
    const steps = [
      [undefined, {}, "here"],
      ["", {}, "here"],
      ["", { emptyString: "null" }, null],
      [null, {}, null],
    ];
    for (const [value, options, expected] of steps) {
      await send(bulk, "upsert", [before]);
      assert.equal(await described(), "here");
      const change = { Ext__c: "1", Description: value };
      await send(bulk, "upsert", [change, { Ext__c: "2", Name: "B", Description: "y" }], options);
      assert.equal(
        await described(),
        expected,
        `${JSON.stringify(value)} ${JSON.stringify(options)}`,
      );
    }
  });

  test(`${route}: a parent is named by its external id`, async () => {
    const bulk = org.connect();
    await bulk.insert("Account", [{ Name: "Parent", Ext__c: "p" }]).done();
    await send(bulk, "insert", [{ Name: "Child", Parent: { Ext__c: "p" } }]);
    const [child] = await org.stored("SELECT Parent.Name FROM Account WHERE Name = 'Child'");
    assert.equal(child.Parent.Name, "Parent");
  });

  test(`${route}: a Date is a moment in UTC`, async () => {
    await send(org.connect(), "insert", [{ Name: "I", SentAt__c: MOMENT }], {}, "Invoice__c");
    const [{ SentAt__c }] = await org.stored("SELECT SentAt__c FROM Invoice__c");
    assert.equal(Date.parse(SentAt__c.replace("+0000", "Z")), MOMENT.getTime());
  });

  test(`${route}: records as REST reads them can be sent`, async () => {
    const attributes = { type: "Account", url: "/services/data/v66.0/sobjects/Account/001" };
    const [result] = await send(org.connect(), "insert", [{ attributes, Name: "Read before" }]);
    assert.equal(result.success, true);
    assert.equal(await org.total("SELECT Id FROM Account"), 1);
  });
}

test("a column of later records is found, and rows without it keep their place", async () => {
  const records = [
    { Name: "a" },
    { Name: "b", AccountNumber: "7" },
    { AccountNumber: "8", Name: "c" },
  ];
  await org.connect().insert("Account", records).done();
  assert.deepEqual(await org.stored("SELECT Name, AccountNumber FROM Account ORDER BY Name"), [
    { Name: "a", AccountNumber: null },
    { Name: "b", AccountNumber: "7" },
    { Name: "c", AccountNumber: "8" },
  ]);
});

test("#N/A as text is null in CSV, or refused", async () => {
  const bulk = org.connect();
  const records = [
    { Name: "A", Description: "x" },
    { Name: "B", Description: "#N/A" },
  ];
  const strict = bulk.insert("Account", records, { strict: true });
  await failure(strict.done(), { code: "record", row: 2, column: 2, field: "Description" });
  await bulk.insert("Account", records).done();
  const stored = await org.stored("SELECT Description FROM Account ORDER BY Name");
  assert.deepEqual(stored, [{ Description: "x" }, { Description: null }]);
});

for (const contentType of ["JSON", "XML"]) {
  test(`#N/A as text is text in ${contentType}`, async () => {
    const send = byBatch(contentType);
    await send(org.connect(), "insert", [{ Name: "A", Description: "#N/A" }], { strict: true });
    assert.deepEqual(await org.stored("SELECT Description FROM Account"), [
      { Description: "#N/A" },
    ]);
  });
}
