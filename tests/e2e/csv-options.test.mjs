/** What the three calls are given by mistake: a TypeError that names it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { formatCsv, parseCsv, splitCsv } from "./support/csv.mjs";
import { typeError } from "./support/failure.mjs";
import { readAll } from "./support/reading.mjs";
import { streamOf } from "./support/sources.mjs";

const parse = (source, options) => parseCsv(source, options).toArray();
const format = (records, options) => readAll(formatCsv(records, options));
const split = (source, options) => readAll(splitCsv(source, options));

const DELIMITER = ["", ":", ",,", "comma", "\n", '"', 44];
const SIGNAL = [{}, "stop", new AbortController()];
const COUNT = [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "10", 10n];

const wrong = {
  parseCsv: [
    (options) => parse("a\n1\n", options),
    {
      delimiter: DELIMITER,
      header: ["a", null, [1], ["a", null], { 0: "a" }],
      empty: ["null", 0, false],
      null: [null, 1, true],
      nested: ["yes", 1],
      ragged: ["drop", "", true],
      fatal: [1, "true"],
      maxRecordBytes: COUNT,
      signal: SIGNAL,
    },
  ],
  formatCsv: [
    (options) => format([{ a: 1 }], options),
    {
      delimiter: DELIMITER,
      lineEnding: ["\n", "CR", "lf", ""],
      header: ["yes", 1, ["a"]],
      null: [null, 1, false],
      columns: ["a", null, [], [1], ["a", "a"], {}],
      emptyString: ["keep", null, true],
      strict: [1, null, "yes"],
      signal: SIGNAL,
    },
  ],
  splitCsv: [
    (options) => split("a\n1\n", { maxRows: 5, ...options }),
    {
      delimiter: DELIMITER,
      maxBytes: COUNT,
      maxRows: COUNT,
      maxChars: COUNT,
      signal: SIGNAL,
    },
  ],
};

for (const [name, [call, options]] of Object.entries(wrong)) {
  for (const [option, values] of Object.entries(options)) {
    test(`${name}: wrong values of ${option}`, async () => {
      for (const value of values) await typeError(() => call({ [option]: value }), RegExp(option));
    });
  }

  test(`${name}: options that are none`, async () => {
    const given = { parseCsv: parse, formatCsv: format, splitCsv: split }[name];
    for (const options of ["a", 1, null, []]) {
      await typeError(() => given([], options), /options/);
    }
  });
}

test("a split needs one limit at least", async () => {
  await typeError(() => split("a\n1\n"), /options/);
  for (const options of [{}, { delimiter: "," }, { maxRows: undefined }]) {
    await typeError(() => split("a\n1\n", options), /maxBytes.*maxRows.*maxChars/);
  }
});

test("undefined is as good as nothing", async () => {
  const nothing = (names) => Object.fromEntries(names.map((name) => [name, undefined]));
  const rows = await parse("a\n1\n", nothing(Object.keys(wrong.parseCsv[1])));
  assert.deepEqual(rows, [{ a: "1" }]);
  const pieces = await format([{ a: 1 }], nothing(Object.keys(wrong.formatCsv[1])));
  assert.equal(Buffer.concat(pieces).toString(), "a\n1\n");
});

const used = new Response("a\n");
await used.text();

const locked = () => {
  const stream = new ReadableStream();
  stream.getReader();
  return stream;
};

const noSources = {
  nothing: () => undefined,
  null: () => null,
  "a number": () => 1,
  "a truth": () => true,
  "an object": () => ({}),
  "a function": () => () => "a\n",
  "a promise": () => Promise.resolve("a\n"),
  "a locked stream": locked,
  "a response that was read": () => used,
  "a response of failure": () => new Response("no", { status: 404 }),
};

for (const [name, source] of Object.entries(noSources)) {
  test(`${name} is no CSV`, async () => {
    await typeError(() => parse(source()), /source/);
    await typeError(() => split(source(), { maxRows: 1 }), /source/);
  });
}

const noChunks = { numbers: [1, 2], nulls: [null], objects: [{ a: 1 }], arrays: [["a"], ["1"]] };

function* given(items) {
  yield* items;
}

for (const [name, items] of Object.entries(noChunks)) {
  test(`${name} are no pieces of CSV`, async () => {
    for (const pieces of [items, ["a\n1\n", ...items]]) {
      for (const source of [(all) => all, given, streamOf]) {
        await typeError(() => parse(source(pieces)), /./);
        await typeError(() => split(source(pieces), { maxRows: 1 }), /./);
      }
    }
  });
}

const noRecords = {
  nothing: undefined,
  null: null,
  "a number": 1,
  "an object": { a: 1 },
  "a text": "a\n1\n",
  bytes: new Uint8Array(3),
  "a Blob": new Blob(["a\n"]),
  "a Response": new Response("a\n"),
};

for (const [name, records] of Object.entries(noRecords)) {
  test(`${name}: no records`, () => typeError(() => format(records), /./));
}
