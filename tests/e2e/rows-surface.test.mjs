/** Rows in every way there is, whatever gives them: a query, a batch, the results of a load, CSV on its own. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCsv } from "./support/csv.mjs";
import { failure } from "./support/failure.mjs";
import { useOrg } from "./support/org.mjs";
import { readAll } from "./support/reading.mjs";

const org = useOrg({ contacts: 30, accounts: 1, config: { pageSize: 12 } });

const NAMES = ["Id", "LastName", "Account.Name"];
const SOQL = `SELECT ${NAMES.join(", ")} FROM Contact ORDER BY Id`;
const CSV = 'Id,LastName,Account.Name\n1,"a ""b""",x\n2,,\n';

const batchOf = async (contentType) => {
  const job = await org.connect().v1.createQueryJob("Contact", { contentType });
  const batch = await job.addQuery("SELECT Id, LastName FROM Contact ORDER BY Id");
  await job.close();
  return batch;
};

/** What gives rows: `open(options)`, and the format of its bytes. */
const givers = {
  "a query": { format: "csv", open: (options) => org.connect().query(SOQL, options) },
  "a query job": {
    format: "csv",
    open: async (options) => {
      const job = await org.connect().v2.createQueryJob({ query: SOQL });
      return job.records(options);
    },
  },
  "a page": {
    format: "csv",
    open: async (options) => {
      const job = await org.connect().v2.createQueryJob({ query: SOQL });
      await job.wait();
      return job.results(options);
    },
  },
  "a batch of CSV": {
    format: "csv",
    open: async (options) => (await batchOf("CSV")).records(options),
  },
  "a batch of JSON": {
    format: "json",
    open: async (options) => (await batchOf("JSON")).records(options),
  },
  "a batch of XML": {
    format: "xml",
    open: async (options) => (await batchOf("XML")).records(options),
  },
  "failed rows": {
    format: "csv",
    open: async (options) => {
      const bulk = org.connect();
      const load = bulk.insert("Account", [{ Name: "a" }, { Name: null }]);
      const [{ id }] = (await load.done()).jobs;
      return bulk.v2.ingestJob(id).failedResults(options);
    },
  },
  "CSV on its own": { format: "csv", open: (options) => parseCsv(CSV, options) },
};

const TYPES = {
  csv: "text/csv; charset=UTF-8",
  json: "application/json; charset=UTF-8",
  xml: "application/xml; charset=UTF-8",
};

/** Of rows that nobody reads. */
async function columnsOf(rows) {
  const columns = await rows.columns();
  await rows[Symbol.asyncDispose]();
  return columns;
}

for (const [name, { format, open }] of Object.entries(givers)) {
  test(`${name}: the same rows in every way`, async () => {
    const rows = await (await open()).toArray();
    assert.ok(rows.length > 0);
    const columns = await columnsOf(await open());
    assert.deepEqual(columns, Object.keys(rows[0]));
    assert.deepEqual(await readAll(await open()), rows);
    assert.deepEqual((await readAll((await open()).chunks())).flat(), rows);
    const values = rows.map((row) => columns.map((column) => row[column]));
    assert.deepEqual(await (await open()).arrays().toArray(), values);
    const lazy = await (await open()).lazy().toArray();
    assert.deepEqual(
      lazy.map((row) => row.toObject()),
      rows,
    );
    assert.deepEqual(
      lazy.map((row) => row[columns[1]]),
      rows.map((row) => row[columns[1]]),
    );
    const lines = await new Response((await open()).ndjson()).text();
    assert.equal(lines, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  });

  test(`${name}: bytes, text and response are the same`, async () => {
    const text = await (await open()).text();
    assert.equal(await new Response((await open()).bytes()).text(), text);
    const rows = await open();
    const response = await rows.response();
    assert.equal(response.headers.get("content-type"), TYPES[format]);
    const file = `${rows.jobId ?? "rows"}.${format}`;
    assert.equal(response.headers.get("content-disposition"), `attachment; filename="${file}"`);
    // Each job has an id of its own, but the rows are the same.
    assert.equal((await response.text()).length, text.length);
  });

  test(`${name}: rows may be read after their columns`, async () => {
    const rows = await open();
    const columns = await rows.columns();
    assert.deepEqual(await rows.columns(), columns, "and again");
    assert.deepEqual(Object.keys((await rows.toArray())[0]), columns);
  });

  test(`${name}: toArray takes no more than it may`, async () => {
    const all = (await (await open()).toArray()).length;
    assert.equal((await (await open()).toArray({ max: all })).length, all);
    await failure((await open()).toArray({ max: all - 1 }), { code: "limit" });
  });

  test(`${name}: rows that were left are over`, async () => {
    const rows = await open();
    await rows[Symbol.asyncDispose]();
    assert.deepEqual(await rows.toArray(), []);
    const other = await open();
    for await (const row of other) {
      assert.ok(row);
      break;
    }
    await failure(other.toArray(), { code: "used" });
  });
}

test("the job is known as soon as it is there", async () => {
  const rows = org.connect().query(SOQL);
  assert.equal(rows.jobId, undefined);
  await columnsOf(rows);
  assert.match(rows.jobId, /^750/);
  assert.equal(parseCsv(CSV).jobId, undefined);
  const batch = await batchOf("CSV");
  assert.equal(batch.records().jobId, batch.job.id);
});

test("a response has the name that was given, whatever is in it", async () => {
  for (const [given, header] of [
    ["contacts.csv", 'attachment; filename="contacts.csv"'],
    ['a "b".csv', "attachment; filename=\"a _b_.csv\"; filename*=UTF-8''a%20%22b%22.csv"],
    ["é\r\nX: y", "attachment; filename=\"___X: y\"; filename*=UTF-8''%C3%A9%0D%0AX%3A%20y"],
  ]) {
    const response = await parseCsv(CSV).response({ name: given });
    assert.equal(response.headers.get("content-disposition"), header);
    await response.body.cancel();
  }
});

test("parents become objects, in results too", async () => {
  const [row] = await org.connect().query(SOQL, { nested: true }).toArray();
  assert.deepEqual(Object.keys(row), ["Id", "LastName", "Account"]);
  assert.deepEqual(Object.keys(row.Account), ["Name"]);
});

test("a text for null, and strict UTF-8, in results too", async () => {
  const answer = (body) => ({ fetch: answering(body) });
  const csv = (text) => new TextEncoder().encode(text);
  const read = (body, options) =>
    org.connect(answer(body)).query(`${SOQL} LIMIT 1`, options).toArray();
  const nulls = await read(csv('"Id","LastName"\n"1","#N/A"\n'), { null: "#N/A", empty: "" });
  assert.deepEqual(nulls, [{ Id: "1", LastName: null }]);
  const broken = Uint8Array.of(...csv('"Id","LastName"\n"1","'), 0xff, ...csv('"\n'));
  assert.deepEqual(await read(broken), [{ Id: "1", LastName: "\ufffd" }]);
  await failure(read(broken, { fatal: true }), { code: "csv", row: 2, column: 2 });
});

/** A `fetch` with a page of one row in place of a query's own. */
function answering(body) {
  return async (url, init) => {
    const response = await fetch(url, init);
    const { pathname } = new URL(url);
    if (!pathname.endsWith("/results")) return oneRow(response);
    await response.body?.cancel();
    const headers = { "Content-Type": "text/csv", "Sforce-Locator": "null" };
    return new Response(body, { headers: { ...headers, "Sforce-NumberOfRecords": "1" } });
  };
}

/** The job as one that has processed one row. */
async function oneRow(response) {
  const text = await response.text();
  const headers = { "Content-Type": response.headers.get("content-type") ?? "application/json" };
  const body = text.replace(/"numberRecordsProcessed":\d+/, '"numberRecordsProcessed":1');
  return new Response(body, { status: response.status, headers });
}

test("iterators are as those of the language, and show nothing of their insides", async () => {
  const rows = parseCsv(CSV)[Symbol.asyncIterator]();
  const prototype = Object.getPrototypeOf(
    Object.getPrototypeOf(Object.getPrototypeOf((async function* () {})())),
  );
  assert.ok(Object.prototype.isPrototypeOf.call(prototype, rows));
  assert.deepEqual(Reflect.ownKeys(rows), []);
  assert.equal(rows[Symbol.asyncIterator](), rows);
  const mine = new Error("mine");
  await assert.rejects(rows.throw(mine), mine);
  assert.deepEqual(await rows.next(), { done: true, value: undefined });
});

test("return() of pages and jobs waits for nobody", async () => {
  const job = await org.connect().v2.createQueryJob({ query: SOQL });
  await job.wait();
  const never = org.connect({ fetch: () => new Promise(() => {}) });
  for (const iterator of [never.v2.queryJob(job.id).pages(), never.v2.jobs({ kind: "query" })]) {
    const waiting = iterator.next();
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(await iterator.return("r"), { done: true, value: "r" });
    assert.deepEqual(await waiting, { done: true, value: undefined });
  }
});

test("a handle that is left stops its calls, and leaves its job", async () => {
  const bulk = org.connect();
  const job = await bulk.v2.createQueryJob({ query: SOQL });
  const slow = org.connect({ fetch: () => new Promise(() => {}) });
  for (const handle of [slow.v2.queryJob(job.id), slow.v2.ingestJob(job.id), slow.v1.job(job.id)]) {
    const waiting = handle.wait();
    await new Promise((resolve) => setTimeout(resolve, 10));
    await handle[Symbol.asyncDispose]();
    await failure(waiting, { code: "used" });
  }
  assert.notEqual((await job.status()).state, "Aborted");
});

test("a load that is left stops", async () => {
  const load = org.connect().insert("Account", [{ Name: "left" }]);
  await load[Symbol.asyncDispose]();
  await failure(load.done(), { code: "used" });
});

test("CSV finds its delimiter when told to, however small its pieces are", async () => {
  for (const [csv, rows] of [
    ["a;b\n1;2\n", [{ a: "1", b: "2" }]],
    ["a\tb,c\td\n1\t2,3\t4\n", [{ a: "1", "b,c": "2,3", d: "4" }]],
    ['"a;x"|b\n1|2', [{ "a;x": "1", b: "2" }]],
    ["a\n1\n", [{ a: "1" }]],
    ["a;b", []],
    ["", []],
  ]) {
    for (const source of [csv, [...csv], new Blob([csv])]) {
      assert.deepEqual(await parseCsv(source, { delimiter: "auto" }).toArray(), rows, csv);
    }
  }
});
