/** Reading CSV that stops early: by the caller, by an abort, or because the source or the data fails. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { outcome, parseCsv, settle, watched } from "./support/csv.mjs";
import { failure, thrown } from "./support/failure.mjs";
import { readAll } from "./support/reading.mjs";
import { bytesInto, streamOf, utf8 } from "./support/sources.mjs";

const PIECES = [utf8("a,b\n1,2\n"), utf8("3,4\n")];

/** Each reads on until it is stopped. */
const ways = {
  rows: (rows) => rows,
  chunks: (rows) => rows.chunks(),
  arrays: (rows) => rows.arrays(),
  "chunks of arrays": (rows) => rows.arrays().chunks(),
  "lazy rows": (rows) => rows.lazy(),
  bytes: (rows) => rows.bytes(),
};

for (const [kind, watch] of Object.entries(watched)) {
  for (const [name, way] of Object.entries(ways)) {
    test(`break, out of ${name} of ${kind}`, async () => {
      const watching = watch(PIECES);
      for await (const _ of way(parseCsv(watching.source))) break;
      await settle();
      assert.equal(watching.closed, 1);
    });

    test(`an error thrown in a loop over ${name} of ${kind}`, async () => {
      const watching = watch(PIECES);
      const mine = new Error("mine");
      const reading = async () => {
        for await (const _ of way(parseCsv(watching.source))) throw mine;
      };
      assert.equal(await thrown(reading()), mine);
      await settle();
      assert.equal(watching.closed, 1);
    });

    test(`an abort while ${name} are awaited from ${kind}`, async () => {
      const watching = watch(PIECES);
      const stop = new AbortController();
      const reason = { any: "thing" };
      const reading = readAll(way(parseCsv(watching.source, { signal: stop.signal })));
      setTimeout(() => stop.abort(reason), 5);
      assert.equal(await thrown(reading), reason);
      await settle();
      assert.equal(watching.closed, 1);
    });

    test(`an abort before ${name} are read from ${kind}`, async () => {
      const watching = watch(PIECES);
      const signal = AbortSignal.abort("too late");
      assert.equal(await thrown(readAll(way(parseCsv(watching.source, { signal })))), "too late");
      assert.equal(watching.asked, 0, "nothing was read");
    });
  }

  test(`data that cannot be read close ${kind}`, async () => {
    const watching = watch([utf8("a,b\n1,2\n3\n")]);
    const { items, error } = await outcome(parseCsv(watching.source));
    assert.deepEqual(items, [{ a: "1", b: "2" }]);
    await failure(Promise.reject(error), { code: "csv", row: 3, column: 2, byte: 8 });
    await settle();
    assert.equal(watching.closed, 1);
  });

  test(`return() while a row is awaited from ${kind}`, async () => {
    const watching = watch(PIECES);
    const rows = parseCsv(watching.source)[Symbol.asyncIterator]();
    await rows.next();
    await rows.next();
    const waiting = rows.next();
    await settle();
    await rows.return();
    assert.deepEqual(await waiting, { done: true, value: undefined });
    assert.deepEqual(await rows.next(), { done: true, value: undefined });
    await settle();
    assert.equal(watching.closed, 1);
  });
}

test("an abort between two rows", async () => {
  for (const way of [ways.rows, ways.arrays, ways["lazy rows"]]) {
    const stop = new AbortController();
    const seen = [];
    const reading = async () => {
      for await (const row of way(parseCsv("a\n1\n2\n3\n", { signal: stop.signal }))) {
        seen.push(row);
        stop.abort("enough");
      }
    };
    assert.equal(await thrown(reading()), "enough");
    assert.equal(seen.length, 1);
  }
});

test("an abort after the end is of no account", async () => {
  const stop = new AbortController();
  const rows = await parseCsv("a\n1\n", { signal: stop.signal }).toArray();
  stop.abort();
  await settle();
  assert.deepEqual(rows, [{ a: "1" }]);
});

test("a signal with a timeout", async () => {
  const { source } = watched["a stream"](PIECES);
  const reading = parseCsv(source, { signal: AbortSignal.timeout(5) }).toArray();
  // That signal alone does not keep the process alive.
  const [error] = await Promise.all([thrown(reading), pause(100)]);
  assert.equal(error.name, "TimeoutError");
});

const mine = new Error("mine");

const failing = {
  "an iterable": function* () {
    yield* PIECES;
    throw mine;
  },
  "an iterable, at once": () => ({
    [Symbol.iterator]() {
      throw mine;
    },
  }),
  "an async iterable": async function* () {
    yield* PIECES;
    await pause(1);
    throw mine;
  },
  "an async iterable, at once": () => ({
    [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(mine) }),
  }),
  "a stream": () => {
    const left = [...PIECES];
    const pull = (to) => (left.length > 0 ? to.enqueue(left.shift()) : to.error(mine));
    return new ReadableStream({ pull });
  },
};

for (const [name, source] of Object.entries(failing)) {
  test(`${name} fails: its error, unchanged`, async () => {
    assert.equal(await thrown(parseCsv(source()).toArray()), mine);
    for (const way of Object.values(ways)) {
      assert.equal((await outcome(way(parseCsv(source())))).error, mine);
    }
  });
}

test("rows that came before a failure are delivered", async () => {
  const csv = utf8("a,b\n1,2\n3,4\n5\n");
  for (const size of [1, 3, 100]) {
    for (const way of [ways.rows, ways.arrays, ways["lazy rows"]]) {
      const { items, error } = await outcome(way(parseCsv(streamOf(bytesInto(csv, size)))));
      assert.equal(items.length, 2);
      await failure(Promise.reject(error), { code: "csv", row: 4, column: 2, byte: 12 });
    }
  }
});

test("after a failure there is nothing", async () => {
  const rows = parseCsv("a,b\n1\n")[Symbol.asyncIterator]();
  await failure(rows.next(), { code: "csv", row: 2 });
  assert.deepEqual(await rows.next(), { done: true, value: undefined });
});

test("rows that nobody reads leave nothing behind", async () => {
  parseCsv(failing["a stream"]());
  parseCsv("a,b\n1\n", { signal: AbortSignal.abort("nobody hears") }).arrays();
  await settle();
});
