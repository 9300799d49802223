/** What callers may give to be written, and that it is closed when no more is wanted. */
import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { test } from "node:test";
import { checkSource, openSource } from "../../pkg-template/write/source.ts";

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
    assert.equal(cursor.kind, "records", name);
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
