/** Which columns records have, and their cells. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Columns } from "../../pkg-template/write/columns.ts";
import { recordOf } from "../../pkg-template/write/fields.ts";
import { LookAhead } from "../../pkg-template/write/look-ahead.ts";

const union = [
  ["keys of all records, as they first appear", [{ b: 1 }, { a: 1, b: 2 }], ["b", "a"]],
  ["a parent's fields are dotted", [{ Account: { Ext__c: "x" } }], ["Account.Ext__c"]],
  [
    "a null parent is no column beside its fields",
    [{ Account: null }, { Account: { Ext__c: "x" } }],
    ["Account.Ext__c"],
  ],
  ["null alone is a column", [{ Name: null }], ["Name"]],
  ["REST's attributes are no field", [{ attributes: { type: "A", url: "/" }, Id: "1" }], ["Id"]],
  ["a key named __proto__", [JSON.parse('{"__proto__":"x","a":1}')], ["__proto__", "a"]],
];

/** The columns and the rows of records, before it is known what columns there are. */
function settled(records, rules = {}) {
  const ahead = new LookAhead(rules);
  for (const [at, record] of records.entries()) ahead.add(record, at + 1);
  return ahead.settled();
}

test("the union of the columns", () => {
  for (const [name, records, expected] of union)
    assert.deepEqual(settled(records).names, expected, name);
});

const early = [
  [
    "columns that come later",
    [{ a: 1 }, { b: 2 }],
    [
      ["1", ""],
      ["", "2"],
    ],
  ],
  [
    "a null parent clears columns that come later",
    [{ P: null }, { P: { x: 1 } }, {}],
    [["#N/A"], ["1"], [""]],
  ],
  [
    "and those that were there",
    [{ P: { x: 1, y: 2 } }, { P: null }],
    [
      ["1", "2"],
      ["#N/A", "#N/A"],
    ],
  ],
];

test("a null parent clears nothing where null is an empty cell", () => {
  const records = [{ P: { x: 1 } }, { P: null }, { "P.x": 2 }];
  assert.deepEqual(settled(records, { nullText: "" }).rows, [["1"], [""], ["2"]]);
});

test("the cells of the first records", () => {
  for (const [name, records, expected] of early)
    assert.deepEqual(settled(records).rows, expected, name);
  assert.throws(() => settled([{ a: 1 }, { a: Number.NaN }]), {
    code: "record",
    row: 2,
    field: "a",
  });
});

const rows = [
  ["in the order of the columns", ["a", "b"], { b: "2", a: "1" }, ["1", "2"]],
  ["absent is empty, null is #N/A", ["a", "b"], { b: null }, ["", "#N/A"]],
  ["parents", ["P.x", "P.y"], { P: { y: 1 } }, ["", "1"]],
  ["a dotted key is the same column", ["P.x"], { "P.x": "v" }, ["v"]],
  ["a null parent clears all its columns", ["P.x", "a", "P.y"], { P: null }, ["#N/A", "", "#N/A"]],
  ["an unknown key without a value", ["a"], { a: "1", zzz: undefined }, ["1"]],
  ["__proto__", ["__proto__"], JSON.parse('{"__proto__":"x"}'), ["x"]],
  [
    "a parent that is a class instance",
    ["P.x"],
    {
      P: new (class {
        x = 1;
      })(),
    },
    ["1"],
  ],
  ["a parent by its toJSON", ["P.x"], { P: { toJSON: () => ({ x: 1 }) } }, ["1"]],
  ["a parent without a prototype", ["P.x"], { P: { __proto__: null, x: 1 } }, ["1"]],
  ["a parent without fields", ["P.x"], { P: {} }, [""]],
  ["attributes of a parent", ["P.x"], { P: { attributes: { type: "T" }, x: "1" } }, ["1"]],
];

test("the cells of a record", () => {
  for (const [name, columns, record, expected] of rows) {
    assert.deepEqual(new Columns(columns, {}).cells(record, 1), expected, name);
  }
});

const faults = [
  ["an unknown field", ["a"], { b: 1 }, { row: 7, field: "b" }],
  ["an unknown field of a parent", ["P.x"], { P: { z: 1 } }, { row: 7, field: "P.z" }],
  ["a parent nobody announced", ["a"], { P: { x: 1 } }, { row: 7, field: "P.x" }],
  ["a value", ["a", "b"], { b: Number.NaN }, { row: 7, field: "b", column: 2 }],
  ["an awaited value", ["a"], { a: Promise.resolve() }, { row: 7, field: "a", column: 1 }],
  ["a Map", ["a"], { a: new Map([["x", 1]]) }, { row: 7, field: "a", column: 1 }],
  ["a boxed text", ["a.0"], { a: new String("x") }, { row: 7, field: "a" }],
  ["a Map in place of a parent", ["P.x"], { P: new Map() }, { row: 7, field: "P" }],
  ["a field twice", ["P.x"], { "P.x": 1, P: { x: 2 } }, { row: 7, field: "P.x" }],
  ["two levels", ["P.x"], { P: { x: { y: 1 } } }, { row: 7, field: "P.x", column: 1 }],
];

test("what cannot be written is told with its place", () => {
  for (const [name, columns, record, place] of faults) {
    assert.throws(
      () => new Columns(columns, {}).cells(record, 7),
      (error) => {
        assert.equal(error.code, "record", name);
        assert.match(error.message, /Record 7/);
        assert.ok(error.message.includes(place.field), error.message);
        for (const [key, value] of Object.entries(place)) assert.equal(error[key], value, name);
        return true;
      },
    );
  }
});

test("strict and the text that means null", () => {
  const strict = new Columns(["a"], { strict: true, nullText: "NULL" });
  assert.deepEqual(strict.cells({ a: "#N/A" }, 1), ["#N/A"]);
  assert.throws(() => strict.cells({ a: "NULL" }, 1), { code: "record", field: "a" });
  assert.throws(() => strict.cells({ a: "\ud83d" }, 1), { code: "record", field: "a" });
});

const noRecords = [
  [null, /null/],
  [undefined, /undefined/],
  [1, /a number/],
  ["x", /a string/],
  [[], /an array/],
  [new Date(), /a Date/],
  [new Map([["a", 1]]), /a Map/],
  [new Set(), /a Set/],
  [new URL("https://a.example"), /a URL/],
  [new String("x"), /a String object/],
  [Promise.resolve({ a: 1 }), /a promise: an await is missing/],
  [new Uint8Array(1), /a Uint8Array/],
  [new (class Contact {})(), /a Contact/],
  [() => 1, /a function/],
];

test("what is no record is told by its number and what it is", () => {
  for (const [value, message] of noRecords) {
    assert.throws(
      () => recordOf(value, 3),
      (error) => {
        assert.equal(error.code, "record");
        assert.equal(error.row, 3);
        assert.match(error.message, message);
        return true;
      },
    );
  }
});

test("what is a record", () => {
  class Contact {
    Name = "x";
  }
  const own = [{ a: 1 }, {}, Object.create(null), new Contact()];
  for (const record of own) assert.equal(recordOf(record, 1), record);
  const row = { toJSON: () => ({ a: "1" }) };
  assert.deepEqual(recordOf(row, 1), { a: "1" });
});

test("records that wait are as they were when they came", () => {
  const date = new Date(0);
  const list = ["a"];
  const parent = { x: 1 };
  const record = { n: 1, date, list, parent };
  const ahead = new LookAhead({});
  ahead.add(record, 1);
  record.n = 2;
  date.setTime(1);
  list.push("b");
  parent.x = 2;
  record.later = 1;
  assert.deepEqual(ahead.settled(), {
    names: ["n", "date", "list", "parent.x"],
    rows: [["1", "1970-01-01T00:00:00.000Z", "a", "1"]],
  });
});
