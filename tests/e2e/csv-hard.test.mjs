/** What is hard to read: long records, odd bytes, odd names, many columns, and the irregular among the regular. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { arriving, cuts, outcome, parseCsv } from "./support/csv.mjs";
import { failure } from "./support/failure.mjs";
import { bytesInto, utf8 } from "./support/sources.mjs";

const rowsOf = (source, options) => parseCsv(source, options).toArray();
const cellsOf = (source, options) => parseCsv(source, options).arrays().toArray();

/** What a text reads as, at every cut of its bytes, is what it reads as a whole. */
async function sameAtEveryCut(text, expected, options) {
  for (const pieces of cuts(utf8(text))) {
    assert.deepEqual(await cellsOf(pieces, options), expected, `cut at ${pieces[0].length}`);
  }
}

test("quotes, doubled ones and line ends at the ends of pieces", () =>
  sameAtEveryCut('a,b\r\n"""x""","y\r\n"""\r\n"","""\r"""\r', [
    ['"x"', 'y\r\n"'],
    [null, '"\r"'],
  ]));

test("characters of four bytes, quoted and not, at the ends of pieces", () =>
  sameAtEveryCut('🚀a,b🚀\n🚀,"🚀""🚀"\n"🚀",x🚀y', [
    ["🚀", '🚀"🚀'],
    ["🚀", "x🚀y"],
  ]));

test("around each end of 64 bytes", async () => {
  for (let fill = 50; fill <= 140; fill += 1) {
    const filler = "x".repeat(fill);
    const text = `a,b\n${filler},"q""\n"\r\n"${filler}""",🚀\r\n,\n`;
    const expected = [
      [filler, 'q"\n'],
      [`${filler}"`, "🚀"],
      [null, null],
    ];
    for (const size of [1, 63, 64, 65, 1000]) {
      assert.deepEqual(await cellsOf(bytesInto(utf8(text), size)), expected, `${fill}, ${size}`);
    }
  }
});

const MEGABYTE = 1 << 20;

for (const [name, cell] of Object.entries({
  plain: "x".repeat(MEGABYTE),
  quoted: 'a"b\n'.repeat(MEGABYTE / 4),
  wide: "🚀".repeat(MEGABYTE / 4),
})) {
  test(`a cell of a megabyte in pieces of a kilobyte: ${name}`, async () => {
    const text = `a,b,c\n1,"${cell.replaceAll('"', '""')}",2\n3,,4`;
    for (const read of [rowsOf, (source) => parseCsv(source).lazy().toArray()]) {
      const [long, short] = await read(bytesInto(utf8(text), 1024));
      assert.ok(long.b === cell, "it is whole");
      assert.deepEqual([long.a, long.c, short.a, short.b, short.c], ["1", "2", "3", null, "4"]);
    }
  });
}

/** Five bytes a record, and what happens at six. */
const lengths = [
  ["aa,bb\n11,22\r\n33,44", undefined],
  ["aa,bbb\n", { row: 1, byte: 0 }],
  ["a,b\n11,222\n", { row: 2, byte: 4 }],
  ["a,b\n11,222", { row: 2, byte: 4 }],
  ['a,b\n"1",23\n', { row: 2, byte: 4 }],
  ['a,b\n1,2\n3,"45678901234567890', { row: 3, byte: 8 }],
  ["a,b\n1,2\n3,45678901234567890", { row: 3, byte: 8 }],
  ["a,b\n1,ééé\n", { row: 2, byte: 4 }],
];

for (const [text, where] of lengths) {
  test(`a record of at most five bytes: ${JSON.stringify(text)}`, async () => {
    for (const size of [1, 3, 100]) {
      const rows = parseCsv(bytesInto(utf8(text), size), { maxRecordBytes: 5 });
      const { error } = await outcome(rows);
      if (where === undefined) assert.equal(error, undefined);
      else await failure(Promise.reject(error), { code: "csv", ...where });
    }
  });
}

test("without a limit of one's own, a quote left open ends at 16 MiB", async () => {
  let given = 0;
  function* endless() {
    yield utf8('a\n1\n"');
    for (; given < 64; given += 1) yield new Uint8Array(MEGABYTE).fill(0x78);
  }
  const { items, error } = await outcome(parseCsv(endless()));
  assert.deepEqual(items, [{ a: "1" }]);
  await failure(Promise.reject(error), { code: "csv", row: 3, byte: 4 });
  assert.ok(given >= 15 && given <= 20, `${given} MiB were read`);
});

test("names of the language are names like any other", async () => {
  const names = "__proto__,constructor,toString,valueOf,hasOwnProperty,then,length,a-b,1,0".split(
    ",",
  );
  const cells = names.map((_, at) => `v${at}`);
  const text = `${names}\n${cells}\n`;
  const entries = names.map((name, at) => [name, cells[at]]);
  const expected = entries.sort(byName);
  const [row] = await rowsOf(text);
  assert.deepEqual(Object.entries(row).sort(byName), expected);
  assert.equal(Object.getPrototypeOf(row), Object.prototype);
  const [lazy] = await parseCsv(text).lazy().toArray();
  assert.deepEqual(Object.entries(lazy.toObject()).sort(byName), expected);
});

test("a name of the language pollutes nothing, nested or not", async () => {
  for (const name of [
    "__proto__.spoilt",
    "constructor.prototype.spoilt",
    "__proto__",
    "a.__proto__.spoilt",
  ]) {
    for (const nested of [false, true]) {
      const rows = await rowsOf(`${name},x\n1,2\n`, { nested });
      await parseCsv(`${name},x\n1,2\n`, { nested }).lazy().toArray();
      assert.equal(rows.length, 1);
      assert.equal({}.spoilt, undefined, name);
      assert.equal(Object.spoilt, undefined, name);
    }
  }
});

test("toJSON and toObject are names like any other, but of lazy rows", async () => {
  const text = "toJSON,toObject\n1,2\n";
  const [row] = await rowsOf(text);
  assert.deepEqual(row, { toJSON: "1", toObject: "2" });
  const [lazy] = await parseCsv(text).lazy().toArray();
  assert.deepEqual(lazy.toObject(), { toJSON: "1", toObject: "2" });
});

test("names with quotes, line breaks, spaces, and none at all", async () => {
  const text = '"a""b","c\nd", e ,,"\\","`$x","\u2028"\n1,2,3,4,5,6,7\n';
  const expected = {
    'a"b': "1",
    "c\nd": "2",
    " e ": "3",
    "": "4",
    "\\": "5",
    "`$x": "6",
    "\u2028": "7",
  };
  assert.deepEqual(await rowsOf(text), [expected]);
  const [lazy] = await parseCsv(text).lazy().toArray();
  assert.deepEqual(lazy.toObject(), expected);
  assert.equal(lazy["c\nd"], "2");
  assert.equal(lazy[""], "4");
});

for (const count of [31, 32, 33, 64, 1000, 5000]) {
  test(`${count} columns`, async () => {
    const numbers = Array.from({ length: count }, (_, at) => at);
    const names = numbers.map((at) => `c${at}`);
    const text = `${names}\n${numbers}\n${numbers.map((at) => (at % 3 ? at : ""))}\n`;
    const [first, second] = await rowsOf(bytesInto(utf8(text), 1000));
    assert.deepEqual(Object.keys(first), names);
    assert.deepEqual(Object.values(first), numbers.map(String));
    assert.deepEqual(
      Object.values(second),
      numbers.map((at) => (at % 3 ? String(at) : null)),
    );
    const [lazy] = await parseCsv(text).lazy().toArray();
    assert.equal(lazy[`c${count - 1}`], String(count - 1));
    assert.deepEqual(lazy.toObject(), first);
  });
}

test("columns by the thousand, and a record that is a cell short", async () => {
  const names = Array.from({ length: 5000 }, (_, at) => `c${at}`);
  const text = `${names}\n${names}\n${names.slice(1)}\n`;
  await failure(rowsOf(text), { code: "csv", row: 3, column: 5000 });
});

const manyHeaders = Array.from({ length: 300 }, (_, at) =>
  Array.from({ length: 1 + (at % 40) }, (_, column) => `h${at}c${column}`),
);

test("hundreds of headers, in turns and again", async () => {
  const kept = [];
  for (const empty of [null, "", null]) {
    for (const names of manyHeaders) {
      const cells = names.map((name, at) => (at % 2 ? name : ""));
      const [row] = await rowsOf(`${names},x\n${cells},1\n`, { empty });
      const entries = names.map((name, at) => [name, cells[at] || empty]);
      kept.push([row, Object.fromEntries([...entries, ["x", "1"]])]);
    }
  }
  for (const [row, expected] of kept) assert.deepEqual(row, expected);
});

test("many at the same time", async () => {
  const read = async (names, size) => {
    const lines = Array.from({ length: 500 }, (_, row) => names.map((name) => `"${name} ${row}"`));
    const rows = await rowsOf(arriving(bytesInto(utf8(`${names}\n${lines.join("\n")}`), size)));
    assert.equal(rows.length, 500);
    for (const [row, fields] of rows.entries()) {
      for (const name of names) assert.equal(fields[name], `${name} ${row}`);
    }
  };
  await Promise.all(manyHeaders.slice(0, 40).map((names, at) => read(names, 100 + at)));
});

/** Records that are read another way than the rest, and what they are. */
const irregular = {
  "a quote in a cell": ['1,a"b,2', ["1", 'a"b', "2"]],
  "text after a quote": ['"1"x,"a"b"c",2', ["1x", 'ab"c"', "2"]],
  "a space before a quote": ['1, "a",2', ["1", ' "a"', "2"]],
  "a lone CR": ["1,a,2\r1,a,2", ["1", "a", "2"]],
  "an empty line": ["\n\r\n1,a,2", ["1", "a", "2"]],
  "bytes that are not ASCII": ["1,ä🚀,2", ["1", "ä🚀", "2"]],
  "line breaks in quotes": ['"1\n","\r\n","\r"', ["1\n", "\r\n", "\r"]],
  "a long cell": [`1,${"x".repeat(200_000)},2`, ["1", "x".repeat(200_000), "2"]],
};

for (const [name, [record, cells]] of Object.entries(irregular)) {
  test(`in the middle of thousands of regular records: ${name}`, async () => {
    const regular = (from) => Array.from({ length: 3000 }, (_, at) => `${from + at},"q,""",z`);
    const text = ["a,b,c", ...regular(0), record, ...regular(3000)].join("\n");
    for (const size of [1000, 1 << 20]) {
      const rows = await cellsOf(bytesInto(utf8(text), size));
      const odd = rows.length - 6000;
      assert.ok(odd === 1 || odd === 2, `${odd} rows more`);
      assert.deepEqual(rows[3000], cells);
      const others = [...rows.slice(0, 3000), ...rows.slice(3000 + odd)];
      for (const [at, row] of others.entries()) assert.deepEqual(row, [String(at), 'q,"', "z"]);
    }
  });
}

test("many irregular records among regular ones", async () => {
  const records = Array.from({ length: 5000 }, (_, at) => (at % 7 ? `${at},x` : `${at},x"y`));
  const rows = await rowsOf(bytesInto(utf8(`a,b\r\n${records.join("\r\n")}`), 777));
  assert.equal(rows.length, 5000);
  for (const [at, row] of rows.entries()) {
    assert.deepEqual(row, { a: String(at), b: at % 7 ? "x" : 'x"y' });
  }
});

test("a fault after thousands of rows is told where it is", async () => {
  const records = Array.from({ length: 5000 }, (_, at) => `${at},x\r\n`).join("");
  const start = 5 + records.length;
  const { items, error } = await outcome(parseCsv(`a,b\r\n${records}1,2,3\r\n4,5`));
  assert.equal(items.length, 5000);
  await failure(Promise.reject(error), { code: "csv", row: 5002, column: 3, byte: start });
  const open = await outcome(parseCsv(`a,b\r\n${records}1,"`).arrays());
  assert.equal(open.items.length, 5000);
  await failure(Promise.reject(open.error), { code: "csv", row: 5002, column: 2, byte: start + 2 });
});

const byName = ([left], [right]) => (left < right ? -1 : 1);
