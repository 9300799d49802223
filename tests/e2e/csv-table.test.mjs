/** The table of what is read: each case whole, in pieces of every kind, and as rows of every kind. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { bytesOf, cuts, outcome, parseCsv } from "./support/csv.mjs";
import { table } from "./support/csv-table.mjs";
import { failure } from "./support/failure.mjs";
import { bytesInto } from "./support/sources.mjs";

/** Longer inputs are not cut at every place. */
const CUT = 64;

for (const { name, input, options, records = [], error } of table) {
  const bytes = bytesOf(input);
  const header = records[0] ?? [];
  const read = (chunks) => parseCsv(chunks, { empty: "", ...options });

  test(name, async () => {
    await isRead(read([bytes]).arrays(), records.slice(1), error, "whole");
    await isRead(read(bytesInto(bytes, 1)).arrays(), records.slice(1), error, "byte by byte");
    for (const pieces of bytes.length > CUT ? [] : cuts(bytes)) {
      const cut = `cut at ${pieces[0].length}`;
      await isRead(read(pieces).arrays(), records.slice(1), error, cut);
    }
  });

  if (records.length > 0) {
    test(`${name}: the columns`, async () => {
      assert.deepEqual(await read(bytesInto(bytes, 1)).columns(), header);
    });
  }

  if (new Set(header).size < header.length) continue;

  test(`${name}: as objects`, async () => {
    const rows = records.slice(1).map((cells) => rowOf(header, cells));
    await isRead(read([bytes]), rows, error, "objects");
    await isRead(plain(read([bytes]).lazy()), rows, error, "lazy rows");
  });
}

test("no two cases have the same name", () => {
  const names = table.map(({ name }) => name);
  assert.deepEqual(
    names.filter((name, at) => names.indexOf(name) < at),
    [],
  );
});

async function isRead(iterable, rows, expected, how) {
  const { items, error } = await outcome(iterable);
  assert.deepEqual(items, rows, how);
  if (expected === undefined) assert.equal(error, undefined, how);
  else await failure(Promise.reject(error), expected);
}

const rowOf = (header, cells) => Object.fromEntries(header.map((name, at) => [name, cells[at]]));

async function* plain(lazyRows) {
  for await (const row of lazyRows) yield row.toObject();
}
