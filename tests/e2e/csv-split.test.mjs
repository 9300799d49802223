/** CSV cut into parts: where, how large, and what is in them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { arriving, outcome, reused, splitCsv } from "./support/csv.mjs";
import { cellsOf, keepsTo, partsOf, partsOfAll } from "./support/csv-split.mjs";
import { DELIMITERS } from "./support/csv-table-rest.mjs";
import { failure } from "./support/failure.mjs";
import { readAll } from "./support/reading.mjs";
import { bytesInto, streamOf, utf8 } from "./support/sources.mjs";

const CSV = "a,b\n1,x\n22,y\n333,z\n4,w\n";

/** The text, the limits, and the parts. */
const table = {
  "by records": [CSV, { maxRows: 2 }, ["a,b\n1,x\n22,y\n", "a,b\n333,z\n4,w\n"]],
  "by records, one at a time": ["a\n1\n2\n", { maxRows: 1 }, ["a\n1\n", "a\n2\n"]],
  "more records than there are": [CSV, { maxRows: 10 }, [CSV]],
  "as many records as there are": [CSV, { maxRows: 4 }, [CSV]],
  "by bytes": [CSV, { maxBytes: 13 }, ["a,b\n1,x\n22,y\n", "a,b\n333,z\n", "a,b\n4,w\n"]],
  "by bytes, one more": [CSV, { maxBytes: 14 }, ["a,b\n1,x\n22,y\n", "a,b\n333,z\n4,w\n"]],
  "as many bytes as there are": [CSV, { maxBytes: CSV.length }, [CSV]],
  "one byte less than there are": [
    CSV,
    { maxBytes: CSV.length - 1 },
    ["a,b\n1,x\n22,y\n333,z\n", "a,b\n4,w\n"],
  ],
  "by characters": ["a\né\n🚀\nx\n", { maxChars: 5 }, ["a\né\n", "a\n🚀\n", "a\nx\n"]],
  "by characters, one more": ["a\né\n🚀\nx\n", { maxChars: 7 }, ["a\né\n🚀\n", "a\nx\n"]],
  "by bytes, where characters have several": [
    "a\né\n🚀\nx\n",
    { maxBytes: 8 },
    ["a\né\n", "a\n🚀\n", "a\nx\n"],
  ],
  "characters in the header": ["é🚀\n1\n2\n", { maxChars: 6 }, ["é🚀\n1\n", "é🚀\n2\n"]],
  "by all three": [
    "a\n1\n22\n333\n4444\n5\n6\n",
    { maxRows: 2, maxBytes: 8, maxChars: 8 },
    ["a\n1\n22\n", "a\n333\n", "a\n4444\n", "a\n5\n6\n"],
  ],
  "no line end at the end": ["a\n1\n2", { maxRows: 1 }, ["a\n1\n", "a\n2"]],
  CRLF: ["a,b\r\n1,x\r\n2,y\r\n", { maxRows: 1 }, ["a,b\r\n1,x\r\n", "a,b\r\n2,y\r\n"]],
  "CRLF, by bytes": ["a\r\n1\r\n2\r\n", { maxBytes: 6 }, ["a\r\n1\r\n", "a\r\n2\r\n"]],
  // A part that began with LF would make CRLF of a header's lone CR.
  CR: ["a\r1\r2\r", { maxRows: 1 }, ["a\r\n1\r", "a\r\n2\r"]],
  "line ends of all kinds": [
    "a,b\r\n1,x\n2,y\r3,z",
    { maxRows: 2 },
    ["a,b\r\n1,x\n2,y\r", "a,b\r\n3,z"],
  ],
  "line ends in quotes": [
    'a,"b\nc"\n1,"x\ny"\n"2\r\n\r",z\n',
    { maxRows: 1 },
    ['a,"b\nc"\n1,"x\ny"\n', 'a,"b\nc"\n"2\r\n\r",z\n'],
  ],
  "doubled quotes": [
    'a,b\n"""\n",x\n"x""\n""",""\n',
    { maxRows: 1 },
    ['a,b\n"""\n",x\n', 'a,b\n"x""\n""",""\n'],
  ],
  "a quote in a cell is none": [
    'a,b\na"b,c\n1,"\n"\n',
    { maxRows: 1 },
    ['a,b\na"b,c\n', 'a,b\n1,"\n"\n'],
  ],
  "text after a quote": ['a,b\n"x"y"\n2,z\n', { maxRows: 1 }, ['a,b\n"x"y"\n', "a,b\n2,z\n"]],
  "records of other lengths stay as they are": [
    "a,b\n1\n1,2,3\n",
    { maxRows: 1 },
    ["a,b\n1\n", "a,b\n1,2,3\n"],
  ],
  "a byte order mark is dropped": ["\ufeffa\n1\n2\n", { maxRows: 1 }, ["a\n1\n", "a\n2\n"]],
  "a byte order mark is not counted": ["\ufeffa\n1\n2\n", { maxBytes: 6 }, ["a\n1\n2\n"]],
  "empty lines in data of one column are records": [
    "a\n\n\nx\n",
    { maxRows: 2 },
    ["a\n\n\n", "a\nx\n"],
  ],
  nothing: ["", { maxRows: 1 }, []],
  "nothing but line ends": ["\n\r\n", { maxRows: 1 }, []],
  "nothing but a byte order mark": ["\ufeff", { maxRows: 1 }, []],
  "a header alone": ["a,b\n", { maxRows: 1 }, []],
  "a header alone, without a line end": ["a,b", { maxBytes: 1 }, []],
  "a header and empty lines": ["a,b\n\n\r\n", { maxRows: 1 }, []],
};

for (const [name, [text, limits, expected]] of Object.entries(table)) {
  test(name, async () => {
    assert.deepEqual(await partsOfAll(text, limits), expected);
  });
}

test("parts without their headers are the data", async () => {
  const header = "Id,Näme\r\n";
  const records = Array.from({ length: 300 }, (_, at) =>
    at % 5 ? `${at},"line\n${"é🚀".repeat(at % 9)}"\r\n` : `${at},""""\r\n`,
  );
  const text = header + records.join("");
  const recordsOf = (part) => part.slice(header.length).match(/\d+,"(?:[^"]|"")*"\r\n/g);
  for (const limits of [
    { maxRows: 7 },
    { maxBytes: 200 },
    { maxChars: 150 },
    { maxRows: 5, maxBytes: 180, maxChars: 120 },
  ]) {
    const parts = await partsOfAll(text, limits);
    assert.equal(header + parts.map((part) => part.slice(header.length)).join(""), text);
    keepsTo(parts, header, recordsOf, limits);
  }
});

test("empty lines are no records, wherever they are", async () => {
  const text = "\n\r\na,b\n\n1,x\n\n\n2,y\r\n\r\n3,z\n\n";
  const cells = [
    ["1", "x"],
    ["2", "y"],
    ["3", "z"],
  ];
  for (const [limits, count] of [
    [{ maxRows: 1 }, 3],
    [{ maxRows: 2 }, 2],
    [{ maxRows: 3 }, 1],
  ]) {
    const parts = await partsOfAll(text, limits);
    assert.equal(parts.length, count);
    assert.deepEqual(await cellsOf(parts), cells);
  }
});

test("the delimiter is found from the header, and says where quotes begin", async () => {
  for (const [name, character] of Object.entries(DELIMITERS)) {
    const header = `a${character}b${character}c\n`;
    const records = [`1${character}"x\ny"${character}z\n`, `2${character}${character}"\n"\n`];
    const text = header + records.join("");
    const expected = records.map((record) => header + record);
    for (const delimiter of [undefined, name, character]) {
      assert.deepEqual(await partsOfAll(text, { maxRows: 1, delimiter }), expected);
    }
  }
});

test("delimiters in a quoted name do not count", async () => {
  const header = '"a,b,c,d";e;f\n';
  const records = ['1;"x\ny";z\n', "2;;\n"];
  const parts = await partsOfAll(header + records.join(""), { maxRows: 1 });
  assert.deepEqual(
    parts,
    records.map((record) => header + record),
  );
});

test("a delimiter that was named is not guessed", async () => {
  const header = "a;b;c,d\n";
  const records = ['1,"x\ny"\n', "2,z\n"];
  const parts = await partsOfAll(header + records.join(""), { maxRows: 1, delimiter: "," });
  assert.deepEqual(
    parts,
    records.map((record) => header + record),
  );
});

const sources = {
  "a text": () => CSV,
  bytes: () => utf8(CSV),
  "an ArrayBuffer": () => utf8(CSV).buffer,
  "a Response": () => new Response(CSV),
  "a stream of bytes": () => streamOf(bytesInto(utf8(CSV), 3)),
  "a stream of texts": () => streamOf([...CSV]),
  "an array of bytes": () => bytesInto(utf8(CSV), 2),
  "an async generator of texts": () => arriving([...CSV]),
  "a generator that uses its memory again": () => reused(utf8(CSV)),
};

for (const [name, source] of Object.entries(sources)) {
  test(`of ${name} the parts are bytes`, async () => {
    const parts = await readAll(splitCsv(source(), { maxRows: 2 }));
    assert.ok(parts.every((part) => part instanceof Uint8Array));
    assert.deepEqual(
      parts.map((part) => Buffer.from(part).toString()),
      table["by records"][2],
    );
  });
}

test("of a Blob or a File they are Blobs", async () => {
  for (const source of [
    new Blob([CSV]),
    new File([CSV], "a.csv"),
    new Blob([`x${CSV}`]).slice(1),
  ]) {
    const parts = await readAll(splitCsv(source, { maxRows: 2 }));
    assert.ok(parts.every((part) => part instanceof Blob));
    assert.deepEqual(await Promise.all(parts.map((part) => part.text())), table["by records"][2]);
  }
});

test("parts are their reader's own", async () => {
  const bytes = utf8(CSV);
  const seen = [];
  for await (const part of splitCsv(bytes, { maxRows: 1 })) {
    seen.push(Buffer.from(part).toString());
    part.fill(0);
  }
  assert.deepEqual(seen, ["a,b\n1,x\n", "a,b\n22,y\n", "a,b\n333,z\n", "a,b\n4,w\n"]);
  assert.equal(Buffer.from(bytes).toString(), CSV, "the source is untouched");
});

test("a large file, in parts of a megabyte", async () => {
  const record = `1,"${"x\n".repeat(500)}"\n`;
  const text = `a,b\n${record.repeat(5000)}`;
  const limits = { maxBytes: 1 << 20 };
  const parts = await partsOf(new Blob([text]), limits);
  assert.equal(`a,b\n${parts.map((part) => part.slice(4)).join("")}`.length, text.length);
  for (const part of parts.slice(0, -1)) {
    assert.ok(part.length <= limits.maxBytes && part.length + record.length > limits.maxBytes);
    assert.ok(part.endsWith(record));
  }
});

const wrong = {
  "a record and its header are too many bytes": [
    "a,b\n1,2\n333,4\n",
    { maxBytes: 9 },
    { row: 3, byte: 8 },
  ],
  "a record is too many characters": ["a\n1\n🚀🚀\n", { maxChars: 6 }, { row: 3, byte: 4 }],
  "the first record is too large": ["aa,bb\n1,2\n", { maxBytes: 9 }, { row: 2, byte: 6 }],
  "a record is too large, after a byte order mark": [
    "\ufeffa\n1\n222\n",
    { maxBytes: 5 },
    { row: 3, byte: 7 },
  ],
  "a quote is never closed": ['a,b\n1,2\n3,"4\n5,6\n', { maxRows: 1 }, { row: 3, byte: 10 }],
  "a quote of the header is never closed": ['a,"b\n1,2\n', { maxRows: 1 }, { row: 1, byte: 2 }],
};

for (const [name, [text, limits, where]] of Object.entries(wrong)) {
  test(name, async () => {
    for (const source of [text, new Blob([text]), bytesInto(utf8(text), 1)]) {
      const { error } = await outcome(splitCsv(source, limits));
      await failure(Promise.reject(error), { code: "csv", ...where });
    }
  });
}

test("other encodings are refused", async () => {
  for (const bytes of [
    [0xff, 0xfe, 0x61, 0],
    [0xfe, 0xff, 0, 0x61],
  ]) {
    for (const source of [Uint8Array.from(bytes), new Blob([Uint8Array.from(bytes)])]) {
      await failure(partsOf(source, { maxRows: 1 }), { code: "csv" });
    }
  }
});
