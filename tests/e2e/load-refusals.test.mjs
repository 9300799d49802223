/** Records and values that cannot be written: an error that says where, before anything is sent. */
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { failure, typeError } from "./support/failure.mjs";
import { useOrg } from "./support/org.mjs";
import { streamOf, utf8 } from "./support/sources.mjs";

const org = useOrg({ contacts: 0, accounts: 0 });

afterEach(async () => {
  assert.equal(await org.count("POST", /./), 0, "nothing was sent");
});

const values = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "an invalid Date": new Date("nonsense"),
  "a function": () => {},
  "a symbol": Symbol("s"),
  "an array of numbers": [1, 2],
  "a text with a semicolon in an array": ["a;b"],
  "a record two levels deep": { Parent: { Ext__c: "x" } },
  "a map in a parent": { nested: new Map() },
  "a map": new Map([["a", 1]]),
  "a promise": Promise.resolve("a"),
  "a boxed text": new String("a"),
};

for (const [name, value] of Object.entries(values)) {
  test(`a value: ${name}`, async () => {
    const records = [{ Name: "a" }, { Name: "b", Description: value }];
    const error = await failure(org.connect().insert("Account", records).done(), {
      code: "record",
      row: 2,
      message: /Record 2, field Description/,
    });
    assert.ok(error.column >= 2 && error.field.startsWith("Description"), error.field);
  });
}

const records = {
  null: null,
  "a number": 7,
  "an array": ["Name"],
  "a Date": new Date(),
  "a text": "Name",
  "a map": new Map([["Name", "a"]]),
  "a promise": Promise.resolve({ Name: "a" }),
  "a URL": new URL("https://a.example"),
};

for (const [name, record] of Object.entries(records)) {
  test(`a record: ${name}`, async () => {
    const load = org.connect().insert("Account", [{ Name: "a" }, record]);
    await failure(load.done(), { code: "record", row: 2 });
  });
}

test("a key that no column is for", async () => {
  const bulk = org.connect();
  const extra = [{ Name: "a" }, { Name: "b", Nmae: "c" }];
  const load = bulk.insert("Account", extra, { columns: ["Name"] });
  await failure(load.done(), { code: "record", row: 2, field: "Nmae", message: /Nmae/ });
});

test("a key that comes after the header was written", async () => {
  function* late() {
    for (let at = 0; at < 10_000; at++) yield { Name: "a" };
    yield { Name: "b", AccountNumber: "1" };
  }
  const load = org.connect().insert("Account", late());
  await failure(load.done(), { code: "record", row: 10_001, field: "AccountNumber" });
});

test("records without fields", async () => {
  await failure(org.connect().insert("Account", [{}, {}]).done(), { code: "record", row: 1 });
});

/** "Name\nAnn\n" */
const utf16 = Buffer.from("Name\nAnn\n", "utf16le");

const broken = {
  "a name twice": "Name,Description,Name\na,b,c\n",
  "UTF-16 without a mark": utf16,
  "UTF-16 without a mark, the other way round": Buffer.from(utf16).swap16(),
  "an open quote": 'Name\n"a\n',
  "UTF-16": new Uint8Array([0xff, 0xfe, 0x4e, 0, 0x61, 0, 10, 0, 0x41, 0]),
};

for (const [name, csv] of Object.entries(broken)) {
  test(`CSV with ${name}`, async () => {
    await failure(org.connect().insert("Account", csv).done(), { code: "csv" });
  });
}

test("more than ids in a deletion", async () => {
  const bulk = org.connect();
  const ids = [{ Id: "001000000000001AAA" }, { Id: "001000000000002AAA", Name: "a" }];
  const where = { code: "record", row: 2, field: "Name", message: /deletion/ };
  await failure(bulk.delete("Account", ids).done(), where);
  const csv = 'Id,Name\n001000000000001AAA,"a"\n';
  const column = { code: "csv", column: 2, field: "Name", message: /deletion/ };
  await failure(bulk.hardDelete("Account", csv).done(), column);
});

test("half of a surrogate pair, under strict", async () => {
  const bulk = org.connect();
  const options = { strict: true };
  const where = { code: "record", row: 1, field: "Name", message: /surrogate/ };
  await failure(bulk.insert("Account", [{ Name: "a\ud83d" }], options).done(), where);
  const text = bulk.insert("Account", "Name\na\ud83d\n", options);
  await failure(text.done(), { code: "csv", message: /surrogate/ });
});

test("more bytes than a job takes", async () => {
  const megabyte = utf8(`${"x".repeat(999_999)}\n`);
  function* huge() {
    yield utf8("Description\n");
    for (let at = 0; at < 101; at++) yield megabyte;
  }
  const load = org.connect().insert("Account", streamOf(huge()));
  await failure(load.done(), { code: "limit", message: /100,000,000 bytes/ });
});

/** [what, call, message]. */
const wrong = [
  ["no records", (bulk) => bulk.insert("Account"), /records must be/],
  ["a number", (bulk) => bulk.insert("Account", 7), /records must be/],
  ["one record", (bulk) => bulk.insert("Account", { Name: "a" }), /records must be/],
  ["no object", (bulk) => bulk.insert("", []), /object must be/],
  ["markup as an object", (bulk) => bulk.insert("<a>", []), /object must be/],
  ["no external id", (bulk) => bulk.upsert("Account", [], {}), /externalIdFieldName must be/],
  ["1.0", (bulk) => bulk.insert("Account", [], { api: "1.0" }), /Bulk API 2\.0/],
  [
    "an option of 1.0",
    (bulk) => bulk.insert("Account", [], { concurrencyMode: "Serial" }),
    /concurrencyMode is an option of Bulk API 1\.0/,
  ],
  ["a column twice", (bulk) => bulk.insert("Account", [], { columns: ["A", "A"] }), /twice/],
  [
    "a wrong delimiter",
    (bulk) => bulk.insert("Account", [], { columnDelimiter: ";" }),
    /columnDel/,
  ],
  ["no signal", (bulk) => bulk.insert("Account", [], { signal: {} }), /signal must be/],
  ["a failed response", (bulk) => bulk.insert("Account", new Response("", { status: 404 })), /404/],
  ["no SOQL", (bulk) => bulk.query(""), /soql must not be empty/],
  ["a numeric SOQL", (bulk) => bulk.query(1), /soql must be/],
  ["no page size", (bulk) => bulk.query("SELECT Id FROM Account", { maxRecords: 0 }), /maxRecords/],
];

for (const [name, call, message] of wrong) {
  test(`wrong arguments: ${name}`, () => typeError(() => call(org.connect()), message));
}
