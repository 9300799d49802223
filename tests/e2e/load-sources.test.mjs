/** Everything that records and CSV can be given as: the same rows are stored. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { failure } from "./support/failure.mjs";
import { useOrg } from "./support/org.mjs";
import { bytesInto, streamOf, utf8 } from "./support/sources.mjs";

const org = useOrg({ contacts: 0, accounts: 0 });

const RECORDS = [
  { Name: "Žofie 🚀", AccountNumber: "1", Description: 'a "quoted" word' },
  { Name: "李, Ltd", AccountNumber: "2", Description: "two\nlines" },
  { Name: "plain", AccountNumber: "3", Description: "nul\0byte" },
];

const CSV =
  "Name,AccountNumber,Description\n" +
  'Žofie 🚀,1,"a ""quoted"" word"\n"李, Ltd",2,"two\nlines"\nplain,3,nul\0byte\n';

function* generated() {
  yield* RECORDS;
}

async function* arriving(items) {
  for (const item of items) {
    await null;
    yield item;
  }
}

const sources = {
  "an array": () => RECORDS,
  "a set": () => new Set(RECORDS),
  "a generator": () => generated(),
  "an async iterable of records": () => arriving(RECORDS),
  "a stream of records": () => streamOf(RECORDS),
  "CSV as text": () => CSV,
  "CSV as bytes": () => utf8(CSV),
  "CSV as an ArrayBuffer": () => utf8(CSV).buffer,
  "CSV as a view that begins later": () => utf8(`skipped${CSV}`).subarray(7),
  "a Blob": () => new Blob([CSV]),
  "a File": () => new File([CSV], "accounts.csv", { type: "text/csv" }),
  "a Response": () => new Response(CSV),
  "a stream of bytes": () => streamOf([utf8(CSV)]),
  "a stream of single bytes": () => streamOf(bytesInto(utf8(CSV), 1)),
  "a stream of bytes with empty chunks": () =>
    streamOf([new Uint8Array(0), utf8(CSV), new Uint8Array(0)]),
  "a stream of text": () => streamOf([CSV.slice(0, 40), CSV.slice(40)]),
  "an async iterable of bytes": () => arriving(bytesInto(utf8(CSV), 7)),
};

for (const [name, source] of Object.entries(sources)) {
  test(name, async () => {
    const summary = await org.connect().insert("Account", source()).done();
    assert.equal(summary.succeeded, 3);
    assert.deepEqual(await storedRecords(), RECORDS);
  });
}

const BOM = "\ufeff";
const dialects = {
  "a byte order mark": BOM + CSV,
  CRLF: CSV.replaceAll("\n", "\r\n"),
  "line ends of both kinds": CSV.replace("\n", "\r\n"),
  "a byte order mark, and CRLF": BOM + CSV.replaceAll("\n", "\r\n"),
  "no line end at the end": CSV.trimEnd(),
  semicolons: 'Name;AccountNumber;Description\n"Žofie 🚀";1;x\n',
  tabs: "Name\tAccountNumber\tDescription\nŽofie 🚀\t1\tx\n",
  pipes: "Name|AccountNumber|Description\nŽofie 🚀|1|x\n",
  "a quoted header": '"Name","AccountNumber","Description"\n"Žofie 🚀","1","x"\n',
  "blank lines": "Name,AccountNumber\n\nŽofie 🚀,1\n\n",
};

for (const [name, csv] of Object.entries(dialects)) {
  for (const size of [1, 3, 1000]) {
    test(`${name}, in chunks of ${size}`, async () => {
      const load = org.connect().insert("Account", streamOf(bytesInto(utf8(csv), size)));
      const summary = await load.done();
      const stored = await storedRecords();
      assert.equal(summary.succeeded, summary.processed, JSON.stringify(summary));
      assert.equal(stored[0].Name, "Žofie 🚀");
      assert.equal(stored[0].AccountNumber, "1");
      if (csv.includes("plain")) {
        const lines = stored.map((record) => ({
          ...record,
          Description: record.Description.replace("\r\n", "\n"),
        }));
        assert.deepEqual(lines, RECORDS);
      }
    });
  }
}

test("a delimiter that was named is not guessed", async () => {
  const csv = "Name;AccountNumber\nA,B;1\n";
  await org.connect().insert("Account", csv, { columnDelimiter: "SEMICOLON" }).done();
  assert.equal((await storedRecords())[0].Name, "A,B");
});

test("what has no records makes no job", async () => {
  const bulk = org.connect();
  const nothing = { processed: 0, succeeded: 0, failed: 0, unprocessed: 0, jobs: [] };
  for (const source of [[], "", "Name\n", new Blob([]), streamOf([]), new Response(null)]) {
    const load = bulk.insert("Account", source);
    assert.deepEqual(await load.done(), nothing);
    assert.deepEqual(await load.results().toArray(), []);
  }
  assert.equal(await org.count("POST", /jobs\/ingest/), 0);
});

test("CSV that is not UTF-8 is told, and nothing is sent", async () => {
  const latin = Buffer.from("Name\nAndr\u00e9\n", "latin1");
  const load = org.connect().insert("Account", new Blob([latin]));
  await failure(load.done(), { code: "csv", row: 2, byte: 9 });
  assert.equal(await org.count("POST", /jobs\/ingest/), 0);
});

/** CSV is sent as it is: it is for the org to judge its rows, and each alone. */
const raggedRows = {
  "a cell too many": "b,2,3",
  "a cell too few": "b",
  "text after a quote": '"b"x,2',
};

for (const [name, row] of Object.entries(raggedRows)) {
  test(`CSV with ${name}: that row fails, the others do not`, async () => {
    const load = org.connect().insert("Account", `Name,AccountNumber\na,1\n${row}\nc,3\n`);
    const { processed, succeeded, failed, unprocessed } = await load.done();
    assert.deepEqual([processed, succeeded, failed, unprocessed], [3, 2, 1, 0]);
    const results = await load.results().toArray();
    assert.deepEqual(results.map(({ success }) => success).sort(), [false, true, true]);
    assert.deepEqual(
      (await storedRecords()).map(({ Name }) => Name),
      ["a", "c"],
    );
  });
}

function storedRecords() {
  return org.stored("SELECT Name, AccountNumber, Description FROM Account ORDER BY AccountNumber");
}
