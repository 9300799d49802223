/** What callers may give to be written, and that it is closed when no more is wanted. */
import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { bulkError } from "../../pkg-template/errors.ts";
import { cursorOver } from "../../pkg-template/write/cursors.ts";
import { JOB_LIMIT, RequestBody } from "../../pkg-template/write/request-body.ts";
import { checkSource, HeldSource } from "../../pkg-template/write/source.ts";
import { Utf16Check } from "../../pkg-template/write/utf16.ts";

const openSource = (source, strict) => new HeldSource(source).open(strict);

const csv = "a\n1\n";
const bytes = new TextEncoder().encode(csv);
const records = [{ a: 1 }, { a: 2 }];

async function* later(items) {
  yield* items;
}

function stream(items) {
  return new ReadableStream({
    start(controller) {
      for (const item of items) controller.enqueue(item);
      controller.close();
    },
  });
}

async function all(cursor) {
  const items = [];
  for (;;) {
    const { done, value } = await cursor.next();
    if (done) return items;
    items.push(value);
  }
}

const ofRecords = [
  ["an array", () => records],
  ["an empty array", () => [], []],
  ["a set", () => new Set(records)],
  ["an async iterable", () => later(records)],
  ["an empty async iterable", () => later([]), []],
  ["a stream", () => stream(records)],
  ["a Node stream", () => Readable.from(records)],
];

const ofBytes = [
  ["text", () => csv],
  ["no text", () => "", ""],
  ["bytes", () => bytes],
  ["part of a buffer", () => new Uint8Array([9, ...bytes]).subarray(1)],
  ["an ArrayBuffer", () => bytes.buffer.slice(0)],
  ["a DataView", () => new DataView(bytes.buffer)],
  ["a Blob", () => new Blob([csv])],
  ["a Response", () => new Response(csv)],
  ["a Response without a body", () => new Response(null), ""],
  ["a stream of bytes", () => stream([bytes.slice(0, 1), bytes.slice(1)])],
  ["a stream of text", () => stream(["a\n", "1\n"])],
  ["an async iterable of bytes", () => later([bytes])],
  ["an array of bytes", () => [bytes.slice(0, 2), bytes.slice(2)]],
  ["a Node stream of bytes", () => Readable.from([Buffer.from(csv)])],
];

test("records", async () => {
  for (const [name, make, expected = records] of ofRecords) {
    const cursor = await openSource(make());
    assert.equal(cursor.kind, expected.length > 0 ? "records" : "empty", name);
    assert.deepEqual(await all(cursor), expected, name);
  }
});

test("CSV", async () => {
  for (const [name, make, expected = csv] of ofBytes) {
    const cursor = await openSource(make());
    assert.equal(cursor.kind, "bytes", name);
    assert.equal(Buffer.concat(await all(cursor)).toString(), expected, name);
  }
});

test("long text keeps its surrogate pairs", async () => {
  const text = `${"x".repeat((1 << 18) - 1)}😀é`;
  assert.equal(Buffer.concat(await all(await openSource(text))).toString(), text);
});

test("what is no source is a TypeError with its name", () => {
  const locked = stream([]);
  locked.getReader();
  const wrong = [
    null,
    undefined,
    1,
    true,
    { a: 1 },
    () => 1,
    locked,
    new Response("x", { status: 404 }),
  ];
  for (const value of wrong) {
    assert.throws(() => checkSource(value, "spec"), { name: "TypeError", message: /^spec/ });
  }
});

test("items of two kinds are a TypeError", async () => {
  await assert.rejects(openSource([1, 2]), TypeError);
  const cursor = await openSource(later([bytes, { a: 1 }]));
  await cursor.next();
  await assert.rejects(async () => cursor.next(), TypeError);
});

test("closing tells the iterator and the stream", async () => {
  let returned = 0;
  let cancelled;
  const iterable = {
    [Symbol.iterator]: () => ({
      next: () => ({ done: false, value: {} }),
      return: () => {
        returned += 1;
        throw new Error("never heard");
      },
    }),
  };
  const cursor = await openSource(iterable);
  cursor.close();
  cursor.close();
  assert.equal(returned, 1);
  const endless = new ReadableStream({
    pull: (controller) => controller.enqueue({}),
    cancel: (reason) => {
      cancelled = reason;
    },
  });
  (await openSource(endless)).close("why");
  assert.equal(cancelled, "why");
});

test("a source that throws gives the very error", async () => {
  const fault = new Error("from the source");
  async function* broken() {
    yield { a: 1 };
    throw fault;
  }
  const cursor = await openSource(broken());
  await cursor.next();
  await assert.rejects(
    async () => cursor.next(),
    (error) => error === fault,
  );
});

test("a Node stream that fails before it is read gives its error to whoever reads", async () => {
  const source = new HeldSource(createReadStream("/nowhere/at/all"));
  await pause(20);
  await assert.rejects(source.open(), { code: "ENOENT" });
});

test("a Node stream is destroyed at once: unread, stalled, or in the middle", async () => {
  const reason = new Error("enough");
  const begin = {
    unread: () => {},
    stalled: (source) => source.open().catch(() => {}),
    "in the middle": (source) => source.open(),
  };
  for (const [name, use] of Object.entries(begin)) {
    const stream = new Readable({ objectMode: true, read() {} });
    if (name === "in the middle") stream.push({ a: 1 });
    const source = new HeldSource(stream);
    const using = use(source);
    if (name === "in the middle") await using;
    source.close(reason);
    assert.equal(stream.destroyed, true, name);
    assert.equal(stream.errored, reason, name);
    await using;
  }
});

test("a Node stream that is merely left is destroyed without an error", () => {
  const stream = new Readable({ read() {} });
  new HeldSource(stream).close(bulkError("used", "left"));
  assert.deepEqual([stream.destroyed, stream.errored], [true, null]);
});

test("a web stream is locked at once, and cancelled with the reason", async () => {
  let cancelled;
  const make = () =>
    new ReadableStream({
      cancel: (reason) => {
        cancelled = reason;
      },
    });
  for (const wrap of [(web) => web, (web) => new Response(web)]) {
    const web = make();
    const source = new HeldSource(wrap(web));
    assert.equal(web.locked, true);
    source.close("why");
    assert.equal(cancelled, "why");
    cancelled = undefined;
  }
});

test("a body that is a Node stream", async () => {
  const response = { [Symbol.toStringTag]: "Response", ok: true, body: Readable.from([bytes]) };
  assert.equal(Buffer.concat(await all(await openSource(response))).toString(), csv);
});

test("an iterator is taken at once, and returned though nothing was read", () => {
  const calls = [];
  const iterable = {
    [Symbol.asyncIterator]() {
      calls.push("iterator");
      return { next: () => calls.push("next"), return: async () => calls.push("return") };
    },
  };
  new HeldSource(iterable).close();
  assert.deepEqual(calls, ["iterator", "return"]);
});

test("an array that is changed after the call", async () => {
  const list = [{ a: 1 }, { a: 2 }];
  const source = new HeldSource(list);
  list.length = 0;
  assert.deepEqual(await all(await source.open()), records);
});

test("a generator that has itself closed is left", async () => {
  let left = false;
  function* closing() {
    try {
      yield 1;
      cursor.close();
      yield 2;
    } finally {
      left = true;
    }
  }
  const cursor = cursorOver(closing());
  cursor.next();
  cursor.next();
  assert.equal(left, true);
  assert.equal(cursor.next().done, true);
});

test("strict refuses text that UTF-8 cannot carry", async () => {
  for (const text of ["a\ud83d", "\ude00", "a\n\ud83db"]) {
    await assert.rejects(async () => all(await openSource(text, true)), { code: "csv" });
    await assert.rejects(async () => all(await openSource(later([text]), true)), { code: "csv" });
  }
  const halves = ["a\ud83d", "\ude00"];
  assert.equal(Buffer.concat(await all(await openSource(halves, true))).toString(), "a😀");
});

/** Bytes, and whether they are UTF-16. */
const utf16 = [
  [Buffer.from("Name\nx\n", "utf16le"), true],
  [Buffer.from("Name\nx\n", "utf16le").swap16(), true],
  [Buffer.from("Name,Description\n€\n", "utf16le"), true],
  [Buffer.from("Name\nx\n"), false],
  [Buffer.from("a\0b\n"), false],
  [Buffer.from([0, 0, 0, 0]), false],
  [Buffer.from("a\0"), false],
  [Buffer.from([]), false],
];

test("UTF-16 is known by its zeros, however its bytes come", () => {
  for (const [given, wrong] of utf16) {
    for (const size of [1, 3, 100]) {
      const check = new Utf16Check();
      const run = () => {
        for (let at = 0; at < given.length; at += size) check.add(given.subarray(at, at + size));
        check.finish();
      };
      if (wrong) assert.throws(run, { code: "csv", message: /UTF-16/ });
      else run();
    }
  }
});

test("a Blob that fetch does not know is sent as bytes", async () => {
  const host = globalThis.Blob;
  const foreign = [
    class Blob {},
    class Blob {
      stream() {}
    },
    undefined,
  ];
  for (const Blob of [...foreign, host]) {
    globalThis.Blob = Blob;
    const body = new RequestBody(JOB_LIMIT);
    body.add(bytes.slice(0, 2));
    body.add(bytes.slice(2));
    const payload = body.payload("text/csv");
    globalThis.Blob = host;
    assert.equal(payload instanceof Uint8Array, Blob !== host);
    assert.equal(await new Response(payload).text(), csv);
  }
});
