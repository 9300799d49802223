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
  [new URL("https://a.example/x"), "https://a.example/x", "https://a.example/x"],
  [{ toJSON: () => "2026-02-03" }, "2026-02-03", "2026-02-03"],
  [{ toJSON: () => 7, hidden: 1 }, "7", 7],
  [{ toJSON: () => null }, "#N/A", null],
  [{ toJSON: () => ["a", "b"] }, "a;b", "a;b"],
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
  [Promise.resolve("x"), /promise.*await/],
  // biome-ignore lint/suspicious/noThenProperty: what has to be awaited is the point
  [{ then() {} }, /promise.*await/],
  [{}, /parent/],
  [new Map([["a", 1]]), /a Map/],
  [new Set(["a"]), /a Set/],
  [/x/, /a RegExp/],
  [new Error("x"), /an Error/],
  [new String("x"), /a String object/],
  [new Number(1), /a Number object/],
  [new Uint8Array(2), /a Uint8Array/],
  [Buffer.from("ab"), /a Uint8Array/],
  [new ArrayBuffer(2), /an ArrayBuffer/],
  [new URLSearchParams("a=1"), /a URLSearchParams/],
  [new (class Money {})(), /a Money/],
  [vm.runInNewContext("new Map()"), /a Map/],
  [{ toJSON: () => ({ a: 1 }) }, /toJSON/],
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

test("strict refuses whatever text means null", () => {
  const rules = { strict: true, nullText: "NULL" };
  assert.throws(() => cellText("NULL", rules), ValueProblem);
  assert.throws(() => cellText(0, { strict: true, nullText: "0" }), ValueProblem);
  assert.equal(cellText("#N/A", rules), "#N/A");
  assert.equal(cellText(null, rules), "NULL");
  assert.equal(cellText("", { strict: true, nullText: "" }), "");
});

test("strict refuses half of a surrogate pair", () => {
  for (const text of ["a\ud83d", "\ude00b", ["\ude00"]]) {
    for (const write of [cellText, jsonValue]) {
      assert.throws(() => write(text, { strict: true }), { reason: /surrogate/ });
      assert.equal(write(text, {}), String(text));
    }
  }
  assert.equal(cellText("😀", { strict: true }), "😀");
});
