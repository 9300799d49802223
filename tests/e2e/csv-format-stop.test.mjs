/** Writing CSV that stops early: by the caller, by an abort, or because the records fail. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { endless, formatCsv, settle, watched, written } from "./support/csv.mjs";
import { failure, thrown } from "./support/failure.mjs";
import { readAll } from "./support/reading.mjs";

const RECORDS = [{ a: 1 }, { a: 2 }];
const columns = ["a"];

test("break closes the records, which may have no end", async () => {
  for (const way of [(csv) => csv, (csv) => csv.bytes()]) {
    const watching = endless((at) => ({ a: at }));
    for await (const piece of way(formatCsv(watching.source))) {
      assert.ok(Buffer.from(piece).toString().startsWith("a\n"));
      break;
    }
    await settle();
    assert.equal(watching.closed, 1);
    assert.ok(watching.given < 200_000, `${watching.given} records were taken`);
  }
});

test("break closes a generator", async () => {
  let closed = false;
  function* records() {
    try {
      for (let at = 0; ; at += 1) yield { a: at };
    } finally {
      closed = true;
    }
  }
  for await (const _ of formatCsv(records())) break;
  await settle();
  assert.ok(closed);
});

test("cancelling the stream closes the records", async () => {
  const watching = endless((at) => ({ a: at }));
  const reader = formatCsv(watching.source).bytes().getReader();
  await reader.read();
  await reader.cancel("enough");
  await settle();
  assert.equal(watching.closed, 1);
});

for (const [kind, watch] of Object.entries(watched)) {
  test(`an abort while records are awaited from ${kind}`, async () => {
    for (const options of [{}, { columns }]) {
      for (const way of [(csv) => csv, (csv) => csv.bytes()]) {
        const watching = watch(RECORDS);
        const stop = new AbortController();
        const reason = Symbol("enough");
        const csv = formatCsv(watching.source, { ...options, signal: stop.signal });
        const reading = readAll(way(csv));
        setTimeout(() => stop.abort(reason), 5);
        assert.equal(await thrown(reading), reason);
        await settle();
        assert.equal(watching.closed, 1);
      }
    }
  });

  test(`an abort before records are taken from ${kind}`, async () => {
    const watching = watch(RECORDS);
    const signal = AbortSignal.abort("too late");
    assert.equal(await thrown(written(watching.source, { signal })), "too late");
    assert.equal(watching.asked, 0);
  });

  test(`a record that cannot be written closes ${kind}`, async () => {
    const watching = watch([{ a: 1 }, { a: Number.NaN }]);
    const csv = written(watching.source, { columns });
    await failure(csv, { code: "record", row: 2, field: "a" });
    await settle();
    assert.equal(watching.closed, 1);
  });
}

test("an abort between two pieces", async () => {
  const watching = endless((at) => ({ a: at }));
  const stop = new AbortController();
  let pieces = 0;
  const reading = async () => {
    for await (const _ of formatCsv(watching.source, { signal: stop.signal })) {
      pieces += 1;
      stop.abort("enough");
    }
  };
  assert.equal(await thrown(reading()), "enough");
  assert.equal(pieces, 1);
  await settle();
  assert.equal(watching.closed, 1);
});

const mine = new Error("mine");

test("records that fail: their error, unchanged", async () => {
  function* broken() {
    yield* RECORDS;
    throw mine;
  }
  async function* later() {
    yield* RECORDS;
    throw mine;
  }
  const getter = {
    get a() {
      throw mine;
    },
  };
  const stream = new ReadableStream({ pull: (to) => to.error(mine) });
  for (const records of [broken(), later(), stream, [{ a: 1 }, getter]]) {
    assert.equal(await thrown(written(records)), mine);
  }
});

test("nothing is taken before somebody reads", async () => {
  const watching = endless((at) => ({ a: at }));
  formatCsv(watching.source);
  formatCsv(watching.source).bytes();
  await settle();
  assert.equal(watching.given, 0);
});
