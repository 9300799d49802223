/** Random records, written and read again, and random CSV, split: the same in every run. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { formatCsv, parseCsv, seeded, splitCsv, torn } from "./support/csv.mjs";
import { cellsOf, textOf } from "./support/csv-split.mjs";
import { DELIMITERS } from "./support/csv-table-rest.mjs";
import { readAll } from "./support/reading.mjs";
import { utf8 } from "./support/sources.mjs";

const ROUNDS = 300;
const PIECES = [
  ...['"', '""', ",", ";", "\t", "|", "^", "`", "\n", "\r", "\r\n", " ", "a", "bc", "é", "€", "🚀"],
  ...["\0", "\x1f", "\ufeff", "\u2028", "#", "\\", "'", "=", "longer text ".repeat(8)],
];
const NULL = "#N/A";

for (const seed of [1, 2, 3]) {
  test(`what is written reads back the same (${seed})`, async () => {
    const random = seeded(seed);
    for (let round = 0; round < ROUNDS; round += 1) await roundTrip(random, `round ${round}`);
  });
}

async function roundTrip(random, round) {
  const names = namesBy(random);
  const records = random.times(1 + random.below(12), () => recordBy(random, names));
  const columns = random.below(2) ? names : namesOf(records);
  if (columns.length === 0) return;
  const dialect = dialectBy(random);
  const bytes = Buffer.concat(await readAll(formatCsv(records, { columns, ...dialect })));

  const header = dialect.header ? undefined : columns;
  const empty = dialect.null === undefined ? null : "";
  const options = { delimiter: dialect.delimiter, null: dialect.null, header, empty };
  await readsAs(
    () => parseCsv(torn(bytes, random), options),
    columns,
    records.map((record) => columns.map((name) => cellOf(record, name, empty))),
    round,
  );
}

async function readsAs(read, columns, cells, round) {
  const objects = cells.map((row) =>
    Object.fromEntries(columns.map((name, at) => [name, row[at]])),
  );
  const lazy = await read().lazy().toArray();
  assert.deepEqual(await read().columns(), columns, round);
  assert.deepEqual(await read().arrays().toArray(), cells, round);
  assert.deepEqual(await read().toArray(), objects, round);
  assert.deepEqual(lazy.map(toObject), objects, round);
}

const toObject = (row) => row.toObject();

/** Null stays null only where a text says so, or where what is empty is null anyway. */
function cellOf(record, name, empty) {
  const value = Object.hasOwn(record, name) ? record[name] : "";
  return value === "" ? empty : value;
}

function dialectBy(random) {
  return {
    delimiter: random.pick(Object.entries(DELIMITERS).flat()),
    lineEnding: random.pick(["LF", "CRLF"]),
    header: random.below(4) > 0,
    null: random.pick([undefined, NULL]),
  };
}

const textBy = (random, most) =>
  random.times(random.below(most), () => random.pick(PIECES)).join("");

/** Names that differ, some of them odd. */
function namesBy(random) {
  const names = random.times(1 + random.below(6), () => `${textBy(random, 4)}n`);
  return [...new Set([...names, ...(random.below(9) ? [] : ["__proto__", "toString"])])];
}

const namesOf = (records) => [...new Set(records.flatMap(Object.keys))];

/** A record with all of its fields or some, its own whatever they are called. */
function recordBy(random, names) {
  const kept = names.filter(() => random.below(8) > 0);
  const value = () => random.pick([null, "", textBy(random, 3), textBy(random, 6)]);
  return Object.fromEntries(kept.map((name) => [name, value()]));
}

test("the rows of all parts are the rows of the whole", async () => {
  const random = seeded(4);
  for (let round = 0; round < ROUNDS; round += 1) {
    const text = csvBy(random, 2 + random.below(3));
    const limits = limitsBy(random);
    const rows = await parseCsv(text).arrays().toArray();
    for (const source of [torn(utf8(text), random), new Blob([text])]) {
      const found = await readAll(splitCsv(source, { ...limits, delimiter: "," }));
      const parts = await Promise.all(found.map(textOf));
      assert.deepEqual(await cellsOf(parts), rows, `round ${round}: ${JSON.stringify(text)}`);
      for (const part of parts) await keepsTo(part, limits);
    }
  }
});

/** CSV with quotes that belong nowhere, too. */
function csvBy(random, width) {
  const cells = ["a", "", 'x"y', '"x"y"z"', ' "z"', "🚀", '"\r\n"', '","', '""', '"a""\nb"', "é"];
  const ends = random.pick([["\n"], ["\r\n"], ["\r"], ["\n", "\r\n", "\r"]]);
  const ended = (row) => row.join(",") + random.pick(ends);
  const record = () => ended(random.times(width, () => random.pick(cells)));
  const header = ended(random.times(width, (at) => `n${at}`));
  return random.pick(["", "\ufeff"]) + header + random.times(random.below(20), record).join("");
}

function limitsBy(random) {
  const limits = [
    ["maxRows", 1 + random.below(9)],
    ["maxBytes", 120 + random.below(60)],
    ["maxChars", 120 + random.below(60)],
  ];
  const some = limits.filter(() => random.below(2));
  return Object.fromEntries(some.length > 0 ? some : limits);
}

async function keepsTo(part, { maxRows, maxBytes, maxChars }) {
  const rows = await parseCsv(part).arrays().toArray();
  assert.ok(rows.length > 0, "no part is empty");
  for (const [found, most] of [
    [rows.length, maxRows],
    [utf8(part).length, maxBytes],
    [part.length, maxChars],
  ]) {
    assert.ok(found <= (most ?? found), `${found}, not ${most}: ${JSON.stringify(part)}`);
  }
}
