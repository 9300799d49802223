/** What records are written as: values, columns, quotes and dialects. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { arriving, formatCsv, written } from "./support/csv.mjs";
import { DELIMITERS } from "./support/csv-table-rest.mjs";
import { failure } from "./support/failure.mjs";
import { readAll } from "./support/reading.mjs";
import { streamOf } from "./support/sources.mjs";

/** A value, and its cell beside another one. */
const values = {
  "a text": ["x", "x"],
  "an empty text": ["", ""],
  null: [null, ""],
  undefined: [undefined, ""],
  true: [true, "true"],
  false: [false, "false"],
  "a number": [12.5, "12.5"],
  "a number of full precision": [0.1 + 0.2, "0.30000000000000004"],
  "a small number": [5e-324, "5e-324"],
  "a large number": [Number.MAX_VALUE, "1.7976931348623157e+308"],
  "the largest exact number": [Number.MAX_SAFE_INTEGER, "9007199254740991"],
  "minus zero": [-0, "0"],
  "a bigint": [2n ** 70n, "1180591620717411303424"],
  "a Date": [new Date(Date.UTC(2026, 1, 3, 4, 5, 6, 7)), "2026-02-03T04:05:06.007Z"],
  "an array of texts": [["a", "b"], "a;b"],
  "an empty array": [[], ""],
  spaces: [" x ", " x "],
  "a delimiter": ["a,b", '"a,b"'],
  "a quote": ['a"b', '"a""b"'],
  "nothing but a quote": ['"', '""""'],
  LF: ["a\nb", '"a\nb"'],
  CR: ["a\rb", '"a\rb"'],
  "an array with a quote": [["a", '"'], '"a;"""'],
  "the delimiter of another dialect": ["a;b\tc|d", "a;b\tc|d"],
  "a byte order mark": ["\ufeffx", "\ufeffx"],
  NUL: ["a\0b", "a\0b"],
  "separators of ASCII": ["\x1f\x1e\x1d", "\x1f\x1e\x1d"],
  "characters of all lengths": ["aé€🚀", "aé€🚀"],
  "what looks like a comment": ["#N/A", "#N/A"],
  "half a character": ["a\ud83d", "a\ufffd"],
  "the other half": ["\ude80a", "\ufffda"],
  "halves in the wrong order": ["\ude80\ud83d", "\ufffd\ufffd"],
  "a long text": ["x".repeat(300_000), "x".repeat(300_000)],
  "a long text with quotes": ['a"'.repeat(100_000), `"${'a""'.repeat(100_000)}"`],
};

for (const [name, [value, cell]] of Object.entries(values)) {
  test(`${name}`, async () => {
    assert.equal(await written([{ a: value, b: "z" }]), `a,b\n${cell},z\n`);
    assert.equal(await written([{ a: "z", b: value }]), `a,b\nz,${cell}\n`);
    const many = Array.from({ length: 50 }, (_, at) => ({ a: at, b: value, c: value }));
    const lines = many.map(({ a }) => `${a},${cell},${cell}\n`);
    assert.equal(await written(many), `a,b,c\n${lines.join("")}`);
  });
}

test("two halves of a character in neighbouring cells stay apart", async () => {
  const records = [{ a: "\ud83d", b: "\ude80" }, { a: "\ude80", b: "\ud83d" }, { a: "\ude80" }];
  assert.equal(await written(records), "a,b\n\ufffd,\ufffd\n\ufffd,\ufffd\n\ufffd,\n");
});

test("an empty cell alone in its row is quoted, so that it is no empty line", async () => {
  const records = [{ a: "" }, { a: null }, {}, { a: "x" }, { a: [] }];
  assert.equal(await written(records), 'a\n""\n""\n""\nx\n""\n');
  assert.equal(await written([{ "": "x" }]), '""\nx\n');
  const crlf = { lineEnding: "CRLF", header: false };
  assert.equal(await written([{ a: "" }, { a: "x" }], crlf), '""\r\nx\r\n');
});

test("what would be taken for a byte order mark is quoted, at the very start alone", async () => {
  const records = [{ "\ufeffa": "\ufeffx", b: "\ufeffy" }, { "\ufeffa": "\ufeffz" }];
  const rows = "\ufeffx,\ufeffy\n\ufeffz,\n";
  assert.equal(await written(records), `"\ufeffa",b\n${rows}`);
  assert.equal(await written(records, { header: false }), `"\ufeffx",\ufeffy\n\ufeffz,\n`);
});

for (const [name, character] of Object.entries(DELIMITERS)) {
  for (const delimiter of [name, character]) {
    for (const [lineEnding, end] of Object.entries({ LF: "\n", CRLF: "\r\n" })) {
      test(`the delimiter ${JSON.stringify(delimiter)}, ${lineEnding}`, async () => {
        const all = Object.values(DELIMITERS);
        const record = Object.fromEntries(all.map((one, at) => [`c${at}`, `x${one}`]));
        const cells = all.map((one) => (one === character ? `"x${one}"` : `x${one}`));
        const rows = [Object.keys(record), cells, cells].map((row) => row.join(character) + end);
        assert.equal(await written([record, record], { delimiter, lineEnding }), rows.join(""));
      });
    }
  }
}

test("without a header", async () => {
  assert.equal(await written([{ a: 1, b: 2 }, { b: 3 }], { header: false }), "1,2\n,3\n");
});

test("what null becomes", async () => {
  const records = [{ a: null, b: "" }, { a: undefined, b: null }, { b: "#N/A" }];
  assert.equal(await written(records, { null: "#N/A" }), "a,b\n#N/A,\n,#N/A\n,#N/A\n");
  assert.equal(await written(records, { null: "" }), "a,b\n,\n,\n,#N/A\n");
  assert.equal(await written([{ a: null }], { null: "#N/A" }), "a\n#N/A\n");
});

test("what an empty text becomes", async () => {
  const records = [{ a: "", b: 1 }, { b: 2 }];
  const options = { null: "#N/A", emptyString: "null" };
  assert.equal(await written(records, options), "a,b\n#N/A,1\n,2\n");
  assert.equal(await written(records, { ...options, emptyString: "ignore" }), "a,b\n,1\n,2\n");
});

test("strict: so is a number or a boolean that would", async () => {
  for (const [value, text] of [
    [0, "0"],
    [false, "false"],
    [7n, "7"],
  ]) {
    const records = [{ a: "x" }, { a: value }];
    const options = { null: text, strict: true, columns: ["a"] };
    await failure(written(records, options), { code: "record", row: 2, field: "a" });
  }
});

test("strict: a text that would be read as null is an error", async () => {
  const records = [{ a: "x" }, { a: "#N/A" }];
  const options = { null: "#N/A", strict: true };
  await failure(written(records, options), { code: "record", row: 2, field: "a" });
  assert.equal(await written(records, { ...options, strict: false }), "a\nx\n#N/A\n");
});

const refused = {
  NaN: Number.NaN,
  infinity: Number.POSITIVE_INFINITY,
  "minus infinity": Number.NEGATIVE_INFINITY,
  "an invalid Date": new Date("never"),
  "a function": () => "x",
  "a symbol": Symbol("x"),
  "an array of numbers": [1, 2],
  "an array with null": ["a", null],
  "an array whose texts hold what stands between them": ["a;b", "c"],
};

for (const [name, value] of Object.entries(refused)) {
  test(`${name} cannot be written`, async () => {
    const records = [{ a: "x", b: 1 }, { a: "y", b: value }, { a: "z" }];
    for (const options of [{}, { columns: ["b", "a"] }, { header: false }]) {
      await failure(written(records, options), {
        code: "record",
        row: 2,
        field: "b",
        message: /\bb\b/,
      });
    }
    const late = function* () {
      for (let at = 0; at < 20_000; at += 1) yield { a: at, b: "x" };
      yield { a: "y", b: value };
    };
    await failure(written(late()), { code: "record", row: 20_001, field: "b" });
  });
}

for (const [name, value] of Object.entries({
  null: null,
  undefined: undefined,
  "a text": "x",
  "a number": 1,
  "an array": ["x"],
  "a Date": new Date(0),
})) {
  test(`${name} is no record`, async () => {
    for (const options of [{}, { columns: ["a"] }]) {
      await failure(written([{ a: 1 }, value], options), { code: "record", row: 2 });
    }
  });
}

const CSV = "a,b\n1,x\n2,y\n";
const RECORDS = [
  { a: 1, b: "x" },
  { a: 2, b: "y" },
];

function* given() {
  yield* RECORDS;
}

const sources = {
  "an array": () => RECORDS,
  "a set": () => new Set(RECORDS),
  "a generator": () => given(),
  "an async generator": () => arriving(RECORDS),
  "a stream": () => streamOf(RECORDS),
  "an iterator of a map": () => new Map(RECORDS.entries()).values(),
};

for (const [name, source] of Object.entries(sources)) {
  test(`of ${name}: iterated, and as a stream`, async () => {
    const pieces = await readAll(formatCsv(source()));
    assert.ok(pieces.every((piece) => piece instanceof Uint8Array && piece.length > 0));
    assert.equal(Buffer.concat(pieces).toString(), CSV);
    assert.equal(await new Response(formatCsv(source()).bytes()).text(), CSV);
  });
}

test("it can be written once", async () => {
  const uses = [(csv) => readAll(csv), (csv) => readAll(csv.bytes())];
  for (const first of uses) {
    for (const second of uses) {
      const csv = formatCsv(RECORDS);
      await first(csv);
      await failure((async () => second(csv))(), { code: "used" });
    }
  }
});

test("many records come in pieces of a bounded size, in order", async () => {
  const count = 100_000;
  function* many() {
    for (let at = 0; at < count; at += 1) yield { n: at, text: `x "${at}"` };
  }
  const pieces = await readAll(formatCsv(many()));
  assert.ok(pieces.length > 2, "not all at once");
  const lines = Buffer.concat(pieces).toString().split("\n");
  assert.equal(lines.length, count + 2);
  assert.ok(lines.slice(1, -1).every((line, at) => line === `${at},"x ""${at}"""`));
});
