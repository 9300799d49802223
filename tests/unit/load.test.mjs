/** Whole loads, and the sources of all that is written: what reaches the operation, and what the caller hears. */
import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { test } from "node:test";
import { client, reader, script } from "./support/package.mjs";

const JOB = "750R0000000zlh9IAA";
const summary = {
  processed: 2,
  succeeded: 1,
  failed: 1,
  unprocessed: 0,
  jobs: [{ id: JOB, state: "JobComplete" }],
};
const pause = (ms = 5) => new Promise((resolve) => setTimeout(resolve, ms));
const textOf = (body) => new Response(body).text();

/** Loads and gives what reached the operation. */
async function sent(records, options) {
  let got;
  script({
    v2Load: async (job, _poll, _records, body) => {
      got = { ...job, body: await textOf(body) };
      return summary;
    },
  });
  await client().insert("Account", records, options).done();
  return got;
}

test("records become CSV, in the columns of all of them", async () => {
  const got = await sent([{ a: 1 }, { b: null, a: "" }, { b: new Date(0) }]);
  assert.equal(got.body, "a,b\n1,\n,#N/A\n,1970-01-01T00:00:00.000Z\n");
  assert.equal(got.operation, "insert");
  assert.equal(got.object, "Account");
  assert.deepEqual([got.columnDelimiter, got.lineEnding], ["COMMA", "LF"]);
});

test("given columns are kept to", async () => {
  const got = await sent([{ a: 1 }], { columns: ["b", "a"] });
  assert.equal(got.body, "b,a\n,1\n");
});

test("CSV goes as it is, in its own dialect", async () => {
  const got = await sent("a;b\r\n1;2\r\n");
  assert.equal(got.body, "a;b\r\n1;2\r\n");
  assert.deepEqual([got.columnDelimiter, got.lineEnding], ["SEMICOLON", "CRLF"]);
});

test("many records, of an async source, in blocks", async () => {
  async function* many() {
    for (let i = 0; i < 25_000; i++) yield { i, text: "x".repeat(20) };
  }
  const lines = (await sent(many())).body.trimEnd().split("\n");
  assert.equal(lines.length, 25_001);
  assert.equal(lines[25_000], `24999,${"x".repeat(20)}`);
});

test("half a surrogate pair does not join with the next cell", async () => {
  assert.equal((await sent([{ a: "x\ud83d", b: "\ude00y" }])).body, "a,b\nx\ufffd,\ufffdy\n");
});

test("no records: nothing is sent", async () => {
  for (const none of [[], "", "a,b\n", new Blob([])]) {
    script({ v2Load: () => assert.fail("sent") });
    const done = await client().insert("Account", none).done();
    assert.deepEqual(done, { processed: 0, succeeded: 0, failed: 0, unprocessed: 0, jobs: [] });
  }
});

test("a field that comes too late is an error with row and field", async () => {
  const records = Array.from({ length: 10_001 }, (_, at) => (at < 10_000 ? { a: 1 } : { late: 1 }));
  await assert.rejects(sent(records), { code: "record", row: 10_001, field: "late" });
});

test("wrong arguments throw at once", () => {
  const bulk = client();
  assert.throws(() => bulk.insert("Account", 5), TypeError);
  assert.throws(() => bulk.insert("", []), TypeError);
  assert.throws(() => bulk.upsert("Account", undefined, []), TypeError);
  assert.throws(() => bulk.insert("Account", [], { pkChunking: 1 }), /bulk\.v1/);
});

test("a failure is kept for whoever asks, and no unhandled rejection", async () => {
  const unhandled = [];
  const listen = (reason) => unhandled.push(reason);
  process.on("unhandledRejection", listen);
  script({ v2Load: () => Promise.reject({ code: "job-failed", message: "m", jobId: JOB }) });
  const load = client().insert("Account", [{ a: 1 }]);
  await pause(10);
  for (let i = 0; i < 2; i++) await assert.rejects(load.done(), { name: "BulkJobFailedError" });
  await assert.rejects(load.results().toArray(), { name: "BulkJobFailedError" });
  await pause();
  process.off("unhandledRejection", listen);
  assert.deepEqual(unhandled, []);
  assert.equal(load.then, undefined);
});

test("a source that throws rejects with the very error, and is closed", async () => {
  const fault = new Error("mine");
  async function* broken() {
    yield { a: 1 };
    throw fault;
  }
  await assert.rejects(sent(broken()), (error) => error === fault);
});

test("a record that cannot be written closes the source", async () => {
  let closed = false;
  function* source() {
    try {
      for (;;) yield { a: Number.NaN };
    } finally {
      closed = true;
    }
  }
  await assert.rejects(sent(source(), { columns: ["a"] }), { code: "record", row: 1, field: "a" });
  assert.equal(closed, true);
});

test("an abort settles at once, and cancels the source", async () => {
  for (const during of ["source", "load"]) {
    const controller = new AbortController();
    let cancelled;
    script({ v2Load: () => new Promise(() => {}) });
    const waits = new ReadableStream({
      cancel: (reason) => {
        cancelled = reason;
      },
    });
    const load = client().insert("Account", during === "source" ? waits : [{ a: 1 }], {
      signal: controller.signal,
    });
    await pause();
    controller.abort("why");
    await assert.rejects(load.done(), (error) => error === "why");
    if (during === "source") assert.equal(cancelled, "why");
  }
});

test("progress: reading first, done last; onAbort aborts the job", async () => {
  const seen = [];
  script({
    async v2Load() {
      this.flight.report(JSON.stringify({ phase: "processing", jobId: JOB, processed: 1 }));
      return summary;
    },
  });
  await client()
    .insert("Account", [{ a: 1 }], { onProgress: ({ phase }) => seen.push(phase) })
    .done();
  assert.deepEqual(seen, ["reading", "processing", "done"]);
  const calls = [];
  script({
    v2Load() {
      this.flight.report(JSON.stringify({ phase: "processing", jobId: JOB }));
      return new Promise(() => {});
    },
    v2Abort: async (...args) => calls.push(args),
  });
  const controller = new AbortController();
  const load = client().insert("Account", [{ a: 1 }], {
    signal: controller.signal,
    onAbort: "abort-job",
  });
  await pause();
  controller.abort();
  await assert.rejects(load.done(), { name: "AbortError" });
  await pause();
  assert.deepEqual(calls, [["ingest", JOB]]);
});

test("a record is read when it arrives: the caller may use it again", async () => {
  function* reused() {
    const record = {};
    for (record.a = 1; record.a < 4; record.a += 1) yield record;
  }
  assert.equal((await sent(reused())).body, "a\n1\n2\n3\n");
});

test("an array that is changed after the call is read as it was", async () => {
  const list = [{ a: 1 }, { a: 2 }];
  const loading = sent(list);
  list.length = 0;
  assert.equal((await loading).body, "a\n1\n2\n");
});

/** Ways to give a source, with what they do before they read it. */
const takers = {
  insert: (source, call) => client().insert("Account", source, call).done(),
  addBatch: (source, call) => client().v1.job(JOB).addBatch(source, call),
  upload: (source, call) => client().v2.ingestJob(JOB).upload(source, call),
};

test("a file that is not there is an error of the call, whatever is awaited first", async () => {
  const late = () => pause(20).then(() => ({ contentType: "CSV" }));
  for (const [name, take] of Object.entries(takers)) {
    script({ v1Job: late, v1Batches: async () => [], v2Job: late });
    const reading = take(createReadStream("/nowhere/at/all"));
    await assert.rejects(reading, { code: "ENOENT" }, name);
  }
});

test("a source is let go when the call ends before it is read", async () => {
  for (const [name, take] of Object.entries(takers)) {
    const never = () => new Promise(() => {});
    script({ v1Job: never, v2Job: never });
    const stop = new AbortController();
    const stream = new Readable({ read() {} });
    const reading = take(stream, { signal: stop.signal });
    stop.abort(new Error("why"));
    await assert.rejects(reading, { message: "why" }, name);
    assert.equal(stream.errored?.message, "why", name);
    const fault = { code: "request", message: "m" };
    const fails = async () => Promise.reject(fault);
    script({ v1Job: fails, v2Job: fails });
    if (name === "insert") continue;
    const other = new Readable({ read() {} });
    await assert.rejects(take(other), { code: "request" }, name);
    assert.equal(other.errored?.code, "request", name);
  }
});

test("an abort inside a generator: its reason, and the generator is left", async () => {
  for (const source of [{ a: 1 }, new TextEncoder().encode("a\n1\n")]) {
    let left = false;
    const stop = new AbortController();
    function* aborting() {
      try {
        yield source;
        stop.abort("why");
        yield source;
      } finally {
        left = true;
      }
    }
    script({ v2Load: () => assert.fail("sent") });
    const load = client().insert("Account", aborting(), { signal: stop.signal });
    await assert.rejects(load.done(), (error) => error === "why");
    assert.equal(left, true);
  }
});

const unsendable = [
  ["a name twice", "insert", "a,b,a\n1,2,3\n", { code: "csv", column: 3, field: "a" }],
  ["UTF-16", "insert", Buffer.from("Name\nx\n", "utf16le"), { code: "csv", message: /UTF-16/ }],
  ["more than ids", "delete", "Id,Name\n1,x\n", { code: "csv", column: 2, field: "Name" }],
  ["more before ids", "hardDelete", "Name,Id\nx,1\n", { code: "csv", column: 1, field: "Name" }],
  ["records", "delete", [{ Id: 1 }, { Id: 2, Name: 3 }], { code: "record", row: 2, field: "Name" }],
  ["an order", "delete", [{ Name: 3, Id: 2 }], { code: "record", row: 1, field: "Name" }],
  ["a promise", "insert", [Promise.resolve()], { code: "record", row: 1, message: /await/ }],
  ["a Map", "insert", [{ a: new Map() }], { code: "record", row: 1, field: "a", message: /a Map/ }],
];

test("what Salesforce would refuse later is told before anything is sent", async () => {
  for (const [name, operation, source, expected] of unsendable) {
    script({ v2Load: () => assert.fail("sent") });
    await assert.rejects(client()[operation]("Account", source).done(), expected, name);
  }
});

test("a deletion of ids, and of REST's records", async () => {
  let body;
  script({
    v2Load: async (_job, _poll, _records, given) => {
      body = await textOf(given);
      return summary;
    },
  });
  const read = [{ attributes: { type: "A", url: "/" }, Id: "1" }, { Id: "2" }];
  await client().delete("Account", read).done();
  assert.equal(body, "Id\n1\n2\n");
});

test("deletions by jobs of one's own", async () => {
  const more = [{ Id: "1", Name: "x" }];
  const operation = "delete";
  script({
    v1CreateJob: async () => ({ id: JOB }),
    v1Job: async () => ({ contentType: "JSON", operation }),
    v1Batches: async () => [],
    v2Job: async () => ({ operation }),
  });
  const { v1, v2 } = client();
  const made = await v1.createDeleteJob("Account");
  for (const job of [made, v1.job(JOB)]) {
    await assert.rejects(job.addBatch(more), { code: "record", row: 1, field: "Name" });
  }
  await assert.rejects(v2.ingestJob(JOB).upload(more), { code: "record", row: 1, field: "Name" });
});

test("results are the outcomes of every job of the load", async () => {
  const two = { ...summary, jobs: [{ id: "a" }, { id: "b" }] };
  script({
    v2Load: async () => two,
    v2Outcomes: (id) =>
      reader([{ json: JSON.stringify([{ id, fields: { attributes: "kept" } }]) }]),
  });
  const rows = await client()
    .insert("Account", [{ a: 1 }])
    .results()
    .toArray();
  assert.deepEqual(
    rows.map(({ id }) => id),
    ["a", "b"],
  );
  assert.deepEqual(rows[0].fields, { attributes: "kept" });
});
