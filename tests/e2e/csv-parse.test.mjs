/** Everything that CSV can be given as, and every way to read it: the same rows. */
import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { test } from "node:test";
import { arriving, parseCsv, reused } from "./support/csv.mjs";
import { failure } from "./support/failure.mjs";
import { joined, readAll } from "./support/reading.mjs";
import { bytesInto, streamOf, utf8 } from "./support/sources.mjs";

const CSV = 'Id,Name,Account.Name\n1,Žofie 🚀,"a ""b"""\n2,,"two\nlines"\n3,nul\0,李\n';
const NAMES = ["Id", "Name", "Account.Name"];
const CELLS = [
  ["1", "Žofie 🚀", 'a "b"'],
  ["2", null, "two\nlines"],
  ["3", "nul\0", "李"],
];
const ROWS = CELLS.map((cells) => Object.fromEntries(NAMES.map((name, at) => [name, cells[at]])));

function* given(items) {
  yield* items;
}

const sources = {
  "a text": () => CSV,
  bytes: () => utf8(CSV),
  "a Buffer": () => Buffer.from(CSV),
  "an ArrayBuffer": () => utf8(CSV).buffer,
  "a view that begins later": () => utf8(`skipped${CSV}`).subarray(7),
  "a Blob": () => new Blob([CSV]),
  "a File": () => new File([CSV], "contacts.csv"),
  "a Response": () => new Response(CSV),
  "a stream of bytes": () => streamOf([utf8(CSV)]),
  "a stream of single bytes": () => streamOf(bytesInto(utf8(CSV), 1)),
  "a Blob's own stream": () => new Blob([CSV]).stream(),
  "a stream of texts": () => streamOf([CSV.slice(0, 25), CSV.slice(25)]),
  "a stream through a TextDecoderStream": () =>
    streamOf(bytesInto(utf8(CSV), 1)).pipeThrough(new TextDecoderStream()),
  "an array of bytes": () => bytesInto(utf8(CSV), 5),
  "an array of texts": () => [CSV.slice(0, 7), CSV.slice(7)],
  "a set": () => new Set([utf8(CSV)]),
  "a generator of bytes": () => given(bytesInto(utf8(CSV), 3)),
  "a generator of texts": () => given([...CSV]),
  "a generator that uses its memory again": () => reused(utf8(CSV)),
  "an async generator of bytes": () => arriving(bytesInto(utf8(CSV), 1)),
  "an async generator of texts": () => arriving([...CSV]),
  "bytes and texts in turns": () => [utf8(CSV.slice(0, 9)), CSV.slice(9, 20), utf8(CSV.slice(20))],
  "empty pieces in between": () => ["", utf8(CSV), "", new Uint8Array(0)],
  "a text with a byte order mark": () => `\ufeff${CSV}`,
  "a readable of Node": () => Readable.from(bytesInto(utf8(CSV), 11)),
};

for (const [name, source] of Object.entries(sources)) {
  test(name, async () => {
    assert.deepEqual(await parseCsv(source()).toArray(), ROWS);
    assert.deepEqual(await readAll(parseCsv(source()).lazy().chunks()).then(plain), ROWS);
  });
}

test("a character cut by two texts is whole again", async () => {
  const [high, low] = "🚀".split("");
  assert.deepEqual(await parseCsv([`a\n${high}`, `${low}b\n`]).toArray(), [{ a: "🚀b" }]);
});

test("half a character, in a text, is U+FFFD", async () => {
  assert.deepEqual(await parseCsv("a\n\ud83d\n\ude80").toArray(), [
    { a: "\ufffd" },
    { a: "\ufffd" },
  ]);
});

/** Each gives all rows as objects, whatever it reads. */
const ways = {
  "for await": (rows) => readAll(rows),
  chunks: async (rows) => (await readAll(rows.chunks())).flat(),
  toArray: (rows) => rows.toArray(),
  "arrays, for await": async (rows) => named(await readAll(rows.arrays())),
  "arrays, chunks": async (rows) => named((await readAll(rows.arrays().chunks())).flat()),
  "arrays, toArray": async (rows) => named(await rows.arrays().toArray()),
  "lazy, for await": async (rows) => plain(await readAll(rows.lazy())),
  "lazy, chunks": async (rows) => plain(await readAll(rows.lazy().chunks())),
  "lazy, toArray": async (rows) => plain(await rows.lazy().toArray()),
};

for (const [name, way] of Object.entries(ways)) {
  for (const size of [1, 10, 1000]) {
    test(`${name}, in pieces of ${size}`, async () => {
      assert.deepEqual(await way(parseCsv(bytesInto(utf8(CSV), size))), ROWS);
    });
  }
}

test("chunks are arrays that hold rows", async () => {
  for (const rows of [parseCsv(CSV), parseCsv(CSV).arrays(), parseCsv(CSV).lazy()]) {
    for await (const chunk of rows.chunks()) {
      assert.ok(Array.isArray(chunk) && chunk.length > 0);
    }
  }
});

test("the bytes are those of the source", async () => {
  const odd = '\ufeffa,b\r\n\r\n1\n"';
  for (const source of [odd, utf8(odd), new Blob([odd]), bytesInto(utf8(odd), 1)]) {
    assert.equal(await joined(parseCsv(source).bytes()), odd);
  }
  assert.equal(await joined(parseCsv(odd).arrays().bytes()), odd);
  assert.equal(await joined(parseCsv(odd).lazy().bytes()), odd);
});

test("objects are plain ones, with their fields in order", async () => {
  const [row] = await parseCsv(CSV).toArray();
  assert.equal(Object.getPrototypeOf(row), Object.prototype);
  assert.deepEqual(Object.keys(row), NAMES);
  row.Name = "changed";
  row.more = 1;
  assert.equal(
    JSON.stringify(row),
    '{"Id":"1","Name":"changed","Account.Name":"a \\"b\\"","more":1}',
  );
});

test("many rows, in many chunks, in order", async () => {
  const count = 50_000;
  const text = `n,text\n${Array.from({ length: count }, (_, at) => `${at},"x ""${at}"""\n`).join("")}`;
  const all = await parseCsv(new Blob([text])).toArray();
  assert.equal(all.length, count);
  assert.ok(all.every(({ n, text: cell }, at) => n === String(at) && cell === `x "${at}"`));
});

const uses = {
  "for await": async (rows) => readAll(rows),
  chunks: async (rows) => readAll(rows.chunks()),
  toArray: (rows) => rows.toArray(),
  bytes: async (rows) => readAll(rows.bytes()),
  arrays: async (rows) => rows.arrays().toArray(),
  lazy: async (rows) => rows.lazy().toArray(),
};

for (const [first, use] of Object.entries(uses)) {
  for (const [second, again] of Object.entries(uses)) {
    test(`${first} and then ${second}: the rows are used`, async () => {
      const rows = parseCsv(CSV);
      await use(rows);
      await failure(again(rows), { code: "used" });
    });
  }
}

test("nothing is read before somebody asks", async () => {
  let asked = 0;
  const pull = () => {
    asked += 1;
  };
  const source = new ReadableStream({ pull }, { highWaterMark: 0 });
  const rows = parseCsv(source);
  rows.arrays();
  await new Promise((resolve) => setTimeout(resolve, 10));
  assert.equal(asked, 0);
  assert.equal(rows.then, undefined);
});

function named(all) {
  return all.map((cells) => Object.fromEntries(NAMES.map((name, at) => [name, cells[at]])));
}

function plain(all) {
  return all.flat().map((row) => row.toObject());
}
