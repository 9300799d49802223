/** Rows that cut their cells out when they are read, and rows whose parents are objects. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { formatCsv, parseCsv } from "./support/csv.mjs";
import { failure } from "./support/failure.mjs";
import { bytesInto, utf8 } from "./support/sources.mjs";

const CSV = 'Id,Name,Note\n1,"a ""b""",\n2,🚀,#N/A\n';
const ROWS = [
  { Id: "1", Name: 'a "b"', Note: null },
  { Id: "2", Name: "🚀", Note: "#N/A" },
];
const lazyRows = (source, options) => parseCsv(source, options).lazy().toArray();

test("cells are read by name, in any order and as often as one likes", async () => {
  const [first, second] = await lazyRows(CSV);
  assert.equal(second.Note, "#N/A");
  assert.equal(second.Name, "🚀");
  assert.equal(first.Name, 'a "b"');
  assert.equal(first.Name, 'a "b"');
  assert.equal(first.Note, null);
  assert.equal(second.Id, "2");
  assert.equal(first.Nothing, undefined);
});

test("toObject gives a plain row, toJSON the same", async () => {
  const rows = await lazyRows(CSV);
  assert.deepEqual(
    rows.map((row) => row.toObject()),
    ROWS,
  );
  assert.equal(Object.getPrototypeOf(rows[0].toObject()), Object.prototype);
  assert.equal(JSON.stringify(rows), JSON.stringify(ROWS));
  assert.notEqual(rows[0].toObject(), rows[0].toObject(), "a new one each time");
});

test("they have no keys of their own, and cannot be written to", async () => {
  const [row] = await lazyRows(CSV);
  assert.deepEqual(Object.keys(row), []);
  assert.throws(() => {
    row.Name = "changed";
  }, TypeError);
  assert.equal(row.Name, 'a "b"');
});

test("the options hold for them too", async () => {
  const [first, second] = await lazyRows(CSV, { empty: "", null: "#N/A" });
  assert.deepEqual([first.Note, second.Note], ["", null]);
  const [padded] = await lazyRows("a,b\n1\n", { ragged: "pad" });
  assert.deepEqual([padded.a, padded.b], ["1", null]);
});

test("they stay what they are while others are read", async () => {
  const text = `n,text\n${Array.from({ length: 30_000 }, (_, at) => `${at},"é ""${at}"""\n`).join("")}`;
  const kept = [];
  for await (const row of parseCsv(bytesInto(utf8(text), 5000)).lazy()) kept.push(row);
  assert.equal(kept.length, 30_000);
  for (const [at, row] of kept.entries()) {
    assert.ok(row.n === String(at) && row.text === `é "${at}"`, `row ${at}`);
  }
});

test("rows of two headers do not mix", async () => {
  const [[one], [other]] = await Promise.all([lazyRows("a,b\n1,2\n"), lazyRows("b,a\n3,4\n")]);
  assert.deepEqual([one.a, one.b, other.a, other.b], ["1", "2", "4", "3"]);
});

const NESTED = "Id,Account.Name,Account.Owner.Name,Account.Id,Owner.Name\n1,Acme,Ann,2,\n3,,,,x\n";
const NESTED_ROWS = [
  { Id: "1", Account: { Name: "Acme", Owner: { Name: "Ann" }, Id: "2" }, Owner: { Name: null } },
  { Id: "3", Account: { Name: null, Owner: { Name: null }, Id: null }, Owner: { Name: "x" } },
];

test("nested: dots make parents, at any depth, and every parent is there", async () => {
  assert.deepEqual(await parseCsv(NESTED, { nested: true }).toArray(), NESTED_ROWS);
  const deep = await parseCsv("a.b.c.d.e\n1\n", { nested: true }).toArray();
  assert.deepEqual(deep, [{ a: { b: { c: { d: { e: "1" } } } } }]);
});

test("nested: parents are plain objects, and each row has its own", async () => {
  const [first, second] = await parseCsv(NESTED, { nested: true }).toArray();
  assert.equal(Object.getPrototypeOf(first.Account.Owner), Object.prototype);
  first.Account.Name = "changed";
  assert.equal(second.Account.Name, null);
  assert.deepEqual(Object.keys(first), ["Id", "Account", "Owner"]);
});

test("nested: the columns and the arrays stay flat", async () => {
  const rows = parseCsv(NESTED, { nested: true });
  assert.deepEqual(await rows.columns(), NESTED.split("\n")[0].split(","));
  assert.deepEqual((await rows.arrays().toArray())[0], ["1", "Acme", "Ann", "2", null]);
});

test("nested: lazy rows", async () => {
  const rows = await lazyRows(NESTED, { nested: true });
  assert.equal(rows[0].Account.Owner.Name, "Ann");
  assert.equal(rows[1].Account.Name, null);
  assert.deepEqual(
    rows.map((row) => row.toObject()),
    NESTED_ROWS,
  );
  assert.equal(JSON.stringify(rows), JSON.stringify(NESTED_ROWS));
});

test("nested: a column that is a value and a parent", async () => {
  for (const [names, column] of [
    ["Account,Account.Name", 1],
    ["Account.Name,Account", 2],
  ]) {
    const fault = { code: "csv", row: 1, message: /Account/ };
    const rows = () => parseCsv(`${names}\n1,2\n`, { nested: true });
    await failure(rows().toArray(), { ...fault, column });
    await failure(rows().lazy().toArray(), fault);
    assert.deepEqual(await rows().arrays().toArray(), [["1", "2"]]);
  }
});

test("nested: dots with nothing before or behind them are characters", async () => {
  const rows = await parseCsv(".a,b.,c..d,.\n1,2,3,4\n", { nested: true }).toArray();
  assert.deepEqual(rows, [{ ".a": "1", "b.": "2", "c..d": "3", ".": "4" }]);
});

test("not nested: a dot is a character", async () => {
  const [row] = await parseCsv("a.b,a.c\n1,2\n").toArray();
  assert.deepEqual(row, { "a.b": "1", "a.c": "2" });
});

test("nested rows are written as they were read", async () => {
  const flat = "Id,Account.Name,Account.Id\n1,Acme,2\n3,,\n";
  const again = parseCsv(formatCsv(parseCsv(flat, { nested: true }))).bytes();
  assert.equal(await new Response(again).text(), flat);
});
