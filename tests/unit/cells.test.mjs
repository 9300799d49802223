/** Rows from a chunk of cells, and records from JSON. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { objectRows } from "../../pkg-template/csv/row/objects.ts";
import { parseRecords } from "../../pkg-template/rows/records.ts";
import { cells } from "./support/fake-glue.mjs";

const make = (header, rows, empty = null) => objectRows(header, { empty })(cells(header, rows));
const naive = (header, rows) =>
  rows.map((row) => Object.fromEntries(header.map((name, at) => [name, row[at] || null])));

test("any number of columns", () => {
  for (const width of [1, 2, 31, 32, 33, 34, 100]) {
    const header = Array.from({ length: width }, (_, at) => `F${at}`);
    const rows = [0, 1, 2].map((row) => header.map((_, at) => (at % 3 ? `${row}-${at}` : "")));
    assert.deepEqual(make(header, rows), naive(header, rows), `${width} columns`);
  }
});

test("odd headers", () => {
  const cases = [
    ["__proto__", "a"],
    ["10", "2", "b"],
    ["constructor", "toString"],
    ["a b", "é", ""],
  ];
  for (const header of cases) {
    const row = header.map((_, at) => `v${at}`);
    const [made] = make(header, [row]);
    assert.deepEqual(Object.entries(made).sort(), header.map((name, at) => [name, row[at]]).sort());
    assert.equal(Object.getPrototypeOf(made), Object.prototype);
  }
});

test("an empty cell is what the option says", () => {
  assert.deepEqual(make(["a", "b"], [["", "x"]]), [{ a: null, b: "x" }]);
  assert.deepEqual(make(["a", "b"], [["", "x"]], ""), [{ a: "", b: "x" }]);
});

test("no rows", () => {
  assert.deepEqual(make(["a"], []), []);
  assert.deepEqual(make([], []), []);
});

test("rows can be JSON, spread and compared like any object", () => {
  const [row] = make(["a", "b"], [["1", ""]]);
  assert.equal(JSON.stringify({ ...row }), '{"a":"1","b":null}');
});

test("attributes go, at every level, and nothing else does", () => {
  const text = JSON.stringify([
    {
      attributes: { type: "Contact", url: "/x" },
      Id: "003",
      Account: { attributes: { type: "Account" }, Name: "A" },
      Owner: null,
      Cases: { totalSize: 1, done: true, records: [{ attributes: { type: "Case" }, Id: "500" }] },
    },
  ]);
  assert.deepEqual(parseRecords(text), [
    {
      Id: "003",
      Account: { Name: "A" },
      Owner: null,
      Cases: { totalSize: 1, done: true, records: [{ Id: "500" }] },
    },
  ]);
  const odd = parseRecords('[{"attributes":{},"__proto__":{"attributes":{},"x":1}}]')[0];
  assert.deepEqual(Object.entries(odd), [["__proto__", { x: 1 }]]);
});
