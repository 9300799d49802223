/** The names of the columns: before the rows, after them, and without. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { outcome, parseCsv, settle, watched } from "./support/csv.mjs";
import { failure, thrown } from "./support/failure.mjs";
import { joined } from "./support/reading.mjs";
import { bytesInto, utf8 } from "./support/sources.mjs";

const CSV = 'a,"b ""c""",a.b\n1,2,3\n4,5,6\n';
const NAMES = ["a", 'b "c"', "a.b"];
const CELLS = [
  ["1", "2", "3"],
  ["4", "5", "6"],
];

for (const size of [1, 5, 100]) {
  const source = () => bytesInto(utf8(CSV), size);

  test(`before the rows, in pieces of ${size}`, async () => {
    const rows = parseCsv(source());
    assert.deepEqual(await rows.columns(), NAMES);
    assert.deepEqual(await rows.arrays().toArray(), CELLS);
  });

  test(`after the rows, in pieces of ${size}`, async () => {
    const rows = parseCsv(source());
    assert.equal((await rows.toArray()).length, 2);
    assert.deepEqual(await rows.columns(), NAMES);
  });

  test(`while rows are read, in pieces of ${size}`, async () => {
    const rows = parseCsv(source());
    const seen = [];
    for await (const cells of rows.arrays()) {
      assert.deepEqual(await rows.columns(), NAMES);
      seen.push(cells);
    }
    assert.deepEqual(seen, CELLS);
  });

  test(`at the same time as the rows, in pieces of ${size}`, async () => {
    const rows = parseCsv(source());
    const columns = rows.columns();
    assert.deepEqual(await rows.arrays().toArray(), CELLS);
    assert.deepEqual(await columns, NAMES);
  });

  test(`without the rows, in pieces of ${size}`, async () => {
    const rows = parseCsv(source());
    assert.deepEqual(await rows.columns(), NAMES);
    assert.deepEqual(await rows.columns(), NAMES, "and again");
  });
}

test("before the bytes", async () => {
  const long = CSV + "7,8,9\n".repeat(50_000);
  for (const source of [CSV, long, new Blob([long]), bytesInto(utf8(CSV), 1)]) {
    const rows = parseCsv(source);
    assert.deepEqual(await rows.columns(), NAMES);
    const text = await joined(rows.bytes());
    assert.ok(text === CSV || text === long, `all of it, not ${text.length} characters`);
  }
});

const empty = ["", "\n\r\n", "\ufeff", new Uint8Array(0), new Blob([]), [], new Response(null)];

for (const [at, source] of empty.entries()) {
  test(`no data has no columns and no rows (${at})`, async () => {
    const rows = parseCsv(source);
    assert.deepEqual(await rows.columns(), []);
    assert.deepEqual(await rows.toArray(), []);
  });
}

test("a header alone, with a line end and without", async () => {
  for (const source of ["a,b", "a,b\n", "a,b\r\n", "\ufeffa,b\r"]) {
    const rows = parseCsv(source);
    assert.deepEqual(await rows.toArray(), []);
    assert.deepEqual(await rows.columns(), ["a", "b"]);
  }
});

test("they are there as soon as the header is", async () => {
  for (const [name, watch] of Object.entries(watched)) {
    const { source } = watch([utf8("a,"), utf8("b\n1,2\n")]);
    assert.deepEqual(await parseCsv(source).columns(), ["a", "b"], name);
  }
});

test("those that were given are there before anything is read", async () => {
  const watching = watched["a stream"]([]);
  const rows = parseCsv(watching.source, { header: ["x", "y"] });
  assert.deepEqual(await Promise.race([rows.columns(), settle()]), ["x", "y"]);
  assert.equal(watching.asked, 0);
});

test("rows under a header that was given", async () => {
  const options = { header: ["x", "y", "z"] };
  assert.deepEqual(await parseCsv("1,2,3\n4,5,6", options).toArray(), [
    { x: "1", y: "2", z: "3" },
    { x: "4", y: "5", z: "6" },
  ]);
  assert.deepEqual(await parseCsv("", options).toArray(), []);
});

test("a name that was given twice: no objects, but arrays", async () => {
  const header = ["a", "a"];
  await failure(parseCsv("1,2\n", { header }).toArray(), { code: "csv", message: /\ba\b/ });
  assert.deepEqual(await parseCsv("1,2\n", { header }).arrays().toArray(), [["1", "2"]]);
});

test("a header that was given is not the caller's to change any more", async () => {
  const header = ["x", "y"];
  const rows = parseCsv("1,2\n", { header });
  header.push("z");
  header[0] = "w";
  assert.deepEqual(await rows.toArray(), [{ x: "1", y: "2" }]);
});

test("a name that occurs twice: no objects, but arrays", async () => {
  const csv = "a,b,a\n1,2,3\n";
  const names = ["a", "b", "a"];
  for (const read of [(rows) => rows, (rows) => rows.lazy()]) {
    const { items, error } = await outcome(read(parseCsv(csv)));
    assert.deepEqual(items, []);
    await failure(Promise.reject(error), { code: "csv", row: 1, message: /\ba\b/ });
  }
  const rows = parseCsv(csv);
  assert.deepEqual(await rows.columns(), names);
  assert.deepEqual(await rows.arrays().toArray(), [["1", "2", "3"]]);
});

test("a header that cannot be read", async () => {
  await failure(parseCsv('a,"b').columns(), { code: "csv", row: 1, column: 2, byte: 2 });
  const rows = parseCsv('a,"b');
  await failure(rows.toArray(), { code: "csv", row: 1, column: 2, byte: 2 });
});

test("a source that fails before the header", async () => {
  const mine = new Error("mine");
  const source = new ReadableStream({ pull: (to) => to.error(mine) });
  assert.equal(await thrown(parseCsv(source).columns()), mine);
});

test("an abort while the header is awaited", async () => {
  const stop = new AbortController();
  const columns = parseCsv(watched["a stream"]([]).source, { signal: stop.signal }).columns();
  setTimeout(() => stop.abort("enough"), 5);
  assert.equal(await thrown(columns), "enough");
});
