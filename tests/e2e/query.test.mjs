/** A query from end to end: every way of reading it, and the rows against what the org has stored. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { failure, thrown } from "./support/failure.mjs";
import { useOrg } from "./support/org.mjs";
import { joined, readAll } from "./support/reading.mjs";

/** Seven pages: more than one answer of `resultPages` names. */
const org = useOrg({ contacts: 130, config: { pageSize: 20 } });

const FIELDS = ["Id", "LastName", "Title", "DoNotCall", "Description"];
const SOQL = `SELECT ${FIELDS.join(", ")} FROM Contact ORDER BY Id`;

/** The stored records as CSV carries them: all text. */
async function expected() {
  const records = await org.stored(SOQL);
  const text = (value) => (value === null ? null : String(value));
  return records.map((record) =>
    Object.fromEntries(FIELDS.map((name) => [name, text(record[name])])),
  );
}

test("pages are asked for in the way that was chosen", async () => {
  const bulk = org.connect();
  await bulk.query(SOQL).toArray();
  assert.equal(await org.count("GET", /resultPages/i), 2, "five pages an answer");
  assert.equal(await org.count("GET", /results\?locator=/), 7);
  await bulk.query(SOQL, { maxRecords: 50 }).toArray();
  assert.equal(await org.count("GET", /resultPages/i), 2, "none more");
  assert.equal(await org.count("GET", /results\?.*maxRecords=50/), 3);
});

const ways = {
  rows: async (rows) => readAll(rows),
  chunks: async (rows) => (await readAll(rows.chunks())).flat(),
  toArray: (rows) => rows.toArray(),
};

for (const [name, read] of Object.entries(ways)) {
  for (const [how, options] of Object.entries({
    "by result pages": {},
    "by locator": { maxRecords: 17 },
  })) {
    test(`${name}, ${how}`, async () => {
      assert.deepEqual(await read(org.connect().query(SOQL, options)), await expected());
    });
  }
}

test("the stored rows have what breaks readers", async () => {
  const text = JSON.stringify(await expected());
  for (const odd of ["\\n", "\\r\\n", '\\"', "😀", "\\u0000", "𐍈", ",", "null"]) {
    assert.ok(text.includes(odd), odd);
  }
});

for (const [how, options] of Object.entries({
  "by result pages": {},
  "by locator": { maxRecords: 50 },
})) {
  test(`bytes, ${how}: one CSV with one header`, async () => {
    const bulk = org.connect();
    const text = await joined(bulk.query("SELECT Id FROM Contact ORDER BY Id", options).bytes());
    const ids = (await org.stored("SELECT Id FROM Contact ORDER BY Id")).map(
      ({ Id }) => `"${Id}"\n`,
    );
    assert.equal(text, `"Id"\n${ids.join("")}`);
  });
}

test("bytes in the dialect that was asked for", async () => {
  const options = { columnDelimiter: "SEMICOLON", lineEnding: "CRLF" };
  const soql = "SELECT Id, DoNotCall FROM Contact ORDER BY Id";
  const text = await joined(org.connect().query(soql, options).bytes());
  const rows = await org.stored(soql);
  const lines = rows.map(({ Id, DoNotCall }) => `"${Id}";"${DoNotCall}"\r\n`);
  assert.equal(text, `"Id";"DoNotCall"\r\n${lines.join("")}`);
});

test("rows in another dialect are the same rows", async () => {
  const options = { columnDelimiter: "PIPE", lineEnding: "CRLF" };
  const rows = await org.connect().query(SOQL, options).toArray();
  assert.deepEqual(
    rows.map(({ Id }) => Id),
    (await expected()).map(({ Id }) => Id),
  );
});

test("no rows", async () => {
  const none = "SELECT Id, LastName FROM Contact WHERE LastName = 'nobody'";
  const bulk = org.connect();
  assert.deepEqual(await bulk.query(none).toArray(), []);
  assert.deepEqual(await readAll(bulk.query(none)), []);
  assert.deepEqual(await readAll(bulk.query(none).chunks()), []);
  assert.equal(await joined(bulk.query(none).bytes()), '"Id","LastName"\n');
});

test("an empty cell is null, or what was asked for", async () => {
  const soql = "SELECT Id, Title FROM Contact ORDER BY Id";
  const empty = (value) => (row) => row.Title === value;
  const bulk = org.connect();
  const nulls = (await org.stored(soql)).filter(empty(null)).length;
  assert.ok(nulls > 0);
  assert.equal((await bulk.query(soql).toArray()).filter(empty(null)).length, nulls);
  assert.equal((await bulk.query(soql, { empty: "" }).toArray()).filter(empty("")).length, nulls);
});

test("queryAll finds deleted records, query does not", async () => {
  const bulk = org.connect();
  const [{ Id }] = await org.stored("SELECT Id FROM Contact LIMIT 1");
  await bulk.delete("Contact", [{ Id }]).done();
  const soql = `SELECT Id, IsDeleted FROM Contact WHERE Id = '${Id}'`;
  assert.deepEqual(await bulk.query(soql).toArray(), []);
  assert.deepEqual(await bulk.queryAll(soql).toArray(), [{ Id, IsDeleted: "true" }]);
});

test("nothing is sent before the rows are read", async () => {
  const bulk = org.connect();
  const rows = bulk.query(SOQL);
  const bytes = bulk.query(SOQL).bytes();
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.equal(await org.count("POST", /jobs\/query/), 0);
  await rows.chunks().return();
  await bytes.cancel();
  assert.equal(await org.count("POST", /jobs\/query/), 0);
});

test("rows are read once: a second use is an error, in every way", async () => {
  const uses = {
    rows: async (rows) => rows[Symbol.asyncIterator](),
    chunks: async (rows) => rows.chunks(),
    bytes: async (rows) => rows.bytes(),
    toArray: (rows) => rows.toArray(),
  };
  const rows = org.connect().query("SELECT Id FROM Contact LIMIT 1");
  await rows.toArray();
  for (const use of Object.values(uses)) await failure(use(rows), { code: "used" });
});

test("a loop that is left stops the transfer", async () => {
  for await (const row of org.connect().query(SOQL)) {
    assert.ok(row.Id);
    break;
  }
  const pages = await org.count("GET", /\/results/);
  await new Promise((resolve) => setTimeout(resolve, 60));
  assert.equal(await org.count("GET", /\/results/), pages);
});

test("progress tells of the job, and of the rows as they come", async () => {
  const seen = [];
  await org
    .connect()
    .query(SOQL, { onProgress: (progress) => seen.push(progress) })
    .toArray();
  const phases = [...new Set(seen.map(({ phase }) => phase))];
  assert.deepEqual(phases, ["processing", "downloading", "done"]);
  assert.ok(seen.every(({ jobId }) => /^750\w{15}$/.test(jobId)));
  const counts = seen.filter(({ rows }) => rows !== undefined).map(({ rows }) => rows);
  assert.deepEqual(
    counts,
    [...counts].sort((a, b) => a - b),
  );
  assert.equal(counts.at(-1), 130);
});

test("a progress callback that throws ends the query with what it threw", async () => {
  const mine = new Error("mine");
  const onProgress = () => {
    throw mine;
  };
  assert.equal(await thrown(org.connect().query(SOQL, { onProgress }).toArray()), mine);
});
