/** The handle of rows, over readers that are scripted. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { cells, client, fake, reader, script } from "./support/package.mjs";

const JOB = "750R0000000zlh9IAA";
const chunks = () => [
  cells(["a", "b"], []),
  cells(undefined, [
    ["1", ""],
    ["2", "x"],
  ]),
  cells(undefined, [["3", "y"]]),
];
const expected = [
  { a: "1", b: null },
  { a: "2", b: "x" },
  { a: "3", b: "y" },
];
const never = () => new Promise(() => {});
const rowsOf = (items, options, more) => {
  script({ v2Query: () => reader(items, more), v2SetState: async () => ({}) });
  return client().query("SELECT Id FROM Account", options);
};

beforeEach(() => script({}));

test("row by row, in chunks, and as an array", async () => {
  const seen = [];
  for await (const row of rowsOf(chunks())) seen.push(row);
  assert.deepEqual(seen, expected);
  const sizes = [];
  for await (const rows of rowsOf(chunks()).chunks()) sizes.push(rows.length);
  assert.deepEqual(sizes, [2, 1]);
  assert.deepEqual(await rowsOf(chunks()).toArray(), expected);
  assert.deepEqual((await rowsOf(chunks(), { empty: "" }).toArray())[0], { a: "1", b: "" });
});

test("everything is freed at the end", async () => {
  await rowsOf(chunks()).toArray();
  assert.equal(fake.freed, 2);
});

test("bytes", async () => {
  const parts = [Uint8Array.of(1, 2), Uint8Array.of(3)];
  const stream = rowsOf(parts).bytes();
  const read = new Uint8Array(await new Response(stream).arrayBuffer());
  assert.deepEqual([...read], [1, 2, 3]);
});

test("a header that changes in between", async () => {
  const items = [cells(["a"], [["1"]]), cells(["b", "a"], [["2", "3"]])];
  assert.deepEqual(await rowsOf(items).toArray(), [{ a: "1" }, { b: "2", a: "3" }]);
});

test("nothing is sent before it is read, and handles are no thenables", async () => {
  const rows = rowsOf(chunks());
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(fake.flights.length, 0);
  assert.equal(rows.then, undefined);
  rows.bytes();
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(fake.flights.length, 0);
});

test("a second use is an error", async () => {
  const uses = [
    (rows) => rows[Symbol.asyncIterator](),
    (rows) => rows.chunks(),
    (rows) => rows.bytes(),
    (rows) => rows.toArray(),
  ];
  for (const first of uses) {
    for (const second of uses) {
      const rows = rowsOf(chunks());
      first(rows);
      await assert.rejects(async () => second(rows), { code: "used" });
    }
  }
});

test("calls that overlap are answered in order", async () => {
  const slow = () => new Promise((resolve) => setTimeout(resolve, 5, cells(["a"], [["1"], ["2"]])));
  const rows = rowsOf([slow, cells(undefined, [["3"]])])[Symbol.asyncIterator]();
  const answers = await Promise.all([
    rows.next(),
    rows.next(),
    rows.next(),
    rows.next(),
    rows.next(),
  ]);
  assert.deepEqual(
    answers.map(({ value }) => value?.a),
    ["1", "2", "3", undefined, undefined],
  );
  assert.deepEqual(
    answers.map(({ done }) => done),
    [false, false, false, true, true],
  );
});

test("break stops the transfer", async () => {
  let request;
  script({ v2Query: () => reader([...chunks(), never]) });
  const rows = client({ fetch: () => new Promise(() => {}) }).query("SELECT Id FROM Account");
  for await (const row of rows) {
    request = fake.flights[0].send("GET", "https://x/", "").head();
    assert.equal(row.a, "1");
    break;
  }
  await assert.rejects(request, ({ cause }) => cause.code === "used");
  assert.equal(fake.freed, 2);
});

test("return() ends a call that waits, without a failure", async () => {
  const rows = rowsOf([never])[Symbol.asyncIterator]();
  const waiting = rows.next();
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual(await rows.return("r"), { done: true, value: "r" });
  assert.deepEqual(await waiting, { done: true, value: undefined });
  assert.deepEqual(await rows.next(), { done: true, value: undefined });
});

test("a failure is told once; then there is nothing", async () => {
  const fault = () =>
    Promise.reject({ code: "incomplete", message: "m", expected: 2, received: 1 });
  const rows = rowsOf([cells(["a"], [["1"]]), fault], {}, { jobId: () => JOB })[
    Symbol.asyncIterator
  ]();
  await rows.next();
  await assert.rejects(rows.next(), {
    name: "BulkIncompleteError",
    expected: 2,
    received: 1,
    jobId: JOB,
  });
  assert.equal((await rows.next()).done, true);
});

const reasons = [undefined, "text", { any: "object" }, new Error("mine")];

test("an abort rejects with the reason, unchanged, whatever goes on", async () => {
  for (const reason of reasons) {
    for (const use of ["before", "waiting", "buffered", "bytes"]) {
      const controller = new AbortController();
      const { signal } = controller;
      if (use === "before") controller.abort(reason);
      const rows = rowsOf(use === "buffered" ? chunks() : [never], { signal });
      const read = use === "bytes" ? rows.bytes().getReader() : rows[Symbol.asyncIterator]();
      const next = () => (use === "bytes" ? read.read() : read.next());
      if (use === "buffered") await next();
      const waiting = use === "waiting" || use === "bytes" ? next() : undefined;
      waiting?.catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 2));
      controller.abort(reason);
      await assert.rejects(waiting ?? next(), (error) => error === signal.reason, use);
    }
  }
});

test("cancelling the bytes stops the transfer", async () => {
  const stream = rowsOf([Uint8Array.of(1), never]).bytes();
  const bytes = stream.getReader();
  await bytes.read();
  await bytes.cancel("enough");
  assert.equal(fake.freed, 2);
});

test("progress counts the rows, and a callback that throws ends the query", async () => {
  const seen = [];
  await rowsOf(chunks(), { onProgress: ({ phase, rows }) => seen.push([phase, rows]) }).toArray();
  assert.deepEqual(seen, [
    ["downloading", 2],
    ["downloading", 3],
    ["done", 3],
  ]);
  const fault = new Error("mine");
  const onProgress = () => {
    throw fault;
  };
  await assert.rejects(rowsOf(chunks(), { onProgress }).toArray(), (error) => error === fault);
});

test("a timeout names the job and leaves it", async () => {
  const calls = [];
  script({
    v2Query() {
      this.flight.report(JSON.stringify({ phase: "processing", jobId: JOB }));
      return reader([never]);
    },
    v2Abort: async (...args) => calls.push(args),
  });
  const rows = client().query("SELECT Id FROM A", { timeout: 10, onAbort: "abort-job" });
  await assert.rejects(rows.toArray(), (error) => {
    assert.equal(error.name, "BulkTimeoutError");
    assert.equal(error.jobId, JOB);
    assert.ok(error.message.includes(`bulk.v2.queryJob("${JOB}")`), error.message);
    return true;
  });
  assert.deepEqual(calls, []);
});

test("a timeout is for all of it, the reading too", async () => {
  const rows = rowsOf([...chunks(), never], { timeout: 20 })[Symbol.asyncIterator]();
  assert.deepEqual((await rows.next()).value, expected[0]);
  await new Promise((resolve) => setTimeout(resolve, 40));
  await assert.rejects(rows.next(), { name: "BulkTimeoutError", retryable: true });
});

test("abort-job: an unfinished job is aborted, a finished one is not", async () => {
  for (const [finished, wanted] of [
    [false, [["query", JOB]]],
    [true, []],
  ]) {
    const calls = [];
    script({
      v2Query() {
        this.flight.report(JSON.stringify({ phase: "processing", jobId: JOB }));
        return reader([finished ? cells(["a"], [["1"], ["2"]]) : never]);
      },
      v2Abort: async (...args) => calls.push(args),
    });
    const controller = new AbortController();
    const rows = client().query("SELECT Id FROM A", {
      signal: controller.signal,
      onAbort: "abort-job",
    });
    const iterator = rows[Symbol.asyncIterator]();
    const first = iterator.next();
    first.catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 5));
    controller.abort();
    await first.catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 5));
    assert.deepEqual(calls, wanted);
  }
});

test("a page carries its head, and is left when the next is asked for", async () => {
  const pages = { first: ["1", "next"], next: ["2", "null"] };
  script({
    v2Results: (_, { locator = "first" }) => {
      const [value, then] = pages[locator];
      return reader([cells(["a"], [[value]])], {
        open: async () => ({ locator: then, numberOfRecords: 1 }),
      });
    },
  });
  const seen = [];
  const held = [];
  for await (const page of client().v2.queryJob(JOB).pages()) {
    held.push(page);
    seen.push([page.locator, page.numberOfRecords]);
    if (seen.length === 2) assert.deepEqual(await page.toArray(), [{ a: "2" }]);
  }
  assert.deepEqual(seen, [
    ["next", 1],
    [null, 1],
  ]);
  await assert.rejects(held[0].toArray(), { code: "used" });
});
