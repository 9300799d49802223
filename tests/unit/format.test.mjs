/** Records to CSV, over the fake glue, which quotes nothing. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { formatCsv } from "../../pkg-template/csv/format.ts";
import { provide } from "../../pkg-template/wasm/runtime.ts";
import "./support/fake-glue.mjs";

provide("fake");

const text = (records, options) => formatCsv(records, options).text();

test("what is written", async () => {
  const cases = [
    [[{ a: "1", b: 2 }], {}, "a,b\n1,2\n"],
    [[{ a: "1" }, { b: null }], {}, "a,b\n1,\n,\n"],
    [[{ a: "1" }], { columns: ["b", "a"] }, "b,a\n,1\n"],
    [[{ a: null }], { null: "#N/A" }, "a\n#N/A\n"],
    [[{ a: "x\u001f", b: "\ud800" }], {}, "a,b\nx\u001f,\ufffd\n"],
    [[], {}, ""],
    [[], { columns: ["a"] }, "a\n"],
    [[], { columns: ["a"], header: false }, ""],
  ];
  for (const [records, options, expected] of cases)
    assert.equal(await text(records, options), expected, JSON.stringify([records, options]));
});

test("more than one block, the last of them not full", async () => {
  const records = Array.from({ length: 5000 }, (_, at) => ({ a: `x${at}`, b: at, c: true }));
  const lines = records.map(({ a, b, c }) => `${a},${b},${c}\n`);
  assert.equal(await text(records), `a,b,c\n${lines.join("")}`);
  assert.equal(await text(records, { columns: ["a", "b", "c"] }), `a,b,c\n${lines.join("")}`);
});

test("what cannot be written is told with its place", async () => {
  const columns = ["a", "b"];
  await assert.rejects(text([{ a: 1 }, { b: Symbol("s") }], { columns }), /Record 2, field b/);
  await assert.rejects(text([{ a: 1 }, { c: 1 }], { columns }), /Record 2 .*field c/);
  await assert.rejects(text([{}]), /no fields/);
});

test("it is read once", async () => {
  const csv = formatCsv([{ a: 1 }]);
  await csv.text();
  assert.throws(() => csv.bytes(), { code: "used" });
  await assert.rejects(csv.text(), { code: "used" });
});
