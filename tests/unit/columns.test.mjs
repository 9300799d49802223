/** Which columns records have, and their cells. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Columns, checkRecord, unionOf } from "../../pkg-template/write/columns.ts";

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

test("the union of the columns", () => {
  for (const [name, records, expected] of union) assert.deepEqual(unionOf(records), expected, name);
});

const rows = [
  ["in the order of the columns", ["a", "b"], { b: "2", a: "1" }, ["1", "2"]],
  ["absent is empty, null is #N/A", ["a", "b"], { b: null }, ["", "#N/A"]],
  ["parents", ["P.x", "P.y"], { P: { y: 1 } }, ["", "1"]],
  ["a dotted key is the same column", ["P.x"], { "P.x": "v" }, ["v"]],
  ["a null parent clears all its columns", ["P.x", "a", "P.y"], { P: null }, ["#N/A", "", "#N/A"]],
  ["an unknown key without a value", ["a"], { a: "1", zzz: undefined }, ["1"]],
  ["__proto__", ["__proto__"], JSON.parse('{"__proto__":"x"}'), ["x"]],
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

test("what is no record", () => {
  for (const value of [null, 1, "x", [], new Date(), undefined]) {
    assert.throws(() => checkRecord(value, 3), { code: "record", row: 3 });
  }
});
