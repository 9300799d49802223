/** What values become in CSV, JSON and XML. */
import assert from "node:assert/strict";
import { test } from "node:test";
import vm from "node:vm";
import { cellText, jsonValue, ValueProblem } from "../../pkg-template/write/values.ts";

const date = new Date(Date.UTC(2026, 1, 3, 4, 5, 6, 7));

/** Value, CSV cell, JSON value. */
const written = [
  ["text", "text", "text"],
  ["", "", undefined],
  [undefined, "", undefined],
  [null, "#N/A", null],
  ["#N/A", "#N/A", "#N/A"],
  [0, "0", 0],
  [-1.5, "-1.5", -1.5],
  [0.1 + 0.2, "0.30000000000000004", 0.1 + 0.2],
  [2n ** 70n, "1180591620717411303424", "1180591620717411303424"],
  [true, "true", true],
  [false, "false", false],
  [date, "2026-02-03T04:05:06.007Z", "2026-02-03T04:05:06.007Z"],
  [vm.runInNewContext("new Date(0)"), "1970-01-01T00:00:00.000Z", "1970-01-01T00:00:00.000Z"],
  [["a", "b c"], "a;b c", "a;b c"],
  [[], "", undefined],
];

test("values are written by the rules of each format", () => {
  for (const [value, csv, json] of written) {
    assert.equal(cellText(value, {}), csv, `CSV of ${String(value)}`);
    assert.deepEqual(jsonValue(value, {}), json, `JSON of ${String(value)}`);
  }
});

test("emptyString: null clears the field", () => {
  const rules = { emptyString: "null" };
  assert.equal(cellText("", rules), "#N/A");
  assert.equal(jsonValue("", rules), null);
  assert.equal(cellText(undefined, rules), "");
  assert.equal(jsonValue(undefined, rules), undefined);
});

test("a mapping's null is an empty cell", () => {
  assert.equal(cellText(null, { nullText: "" }), "");
});

const refused = [
  [Number.NaN, /NaN/],
  [Number.POSITIVE_INFINITY, /Infinity/],
  [new Date(Number.NaN), /Date is invalid/],
  [() => 1, /function/],
  [Symbol("s"), /symbol/],
  [{ deep: 1 }, /parent/],
  [["a;b"], /semicolon/],
  [[1], /texts/],
];

test("what cannot be stored is refused, with the reason", () => {
  for (const [value, reason] of refused) {
    for (const write of [cellText, jsonValue]) {
      assert.throws(
        () => write(value, {}),
        (problem) => problem instanceof ValueProblem && reason.test(problem.reason),
      );
    }
  }
});

test("strict refuses the text that CSV takes for null, and JSON does not mind it", () => {
  assert.throws(() => cellText("#N/A", { strict: true }), ValueProblem);
  assert.equal(jsonValue("#N/A", { strict: true }), "#N/A");
});
