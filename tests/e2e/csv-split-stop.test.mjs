/** Splitting that stops early: by the caller, by an abort, or because the source fails. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { settle, splitCsv, watched } from "./support/csv.mjs";
import { failure, thrown } from "./support/failure.mjs";
import { readAll } from "./support/reading.mjs";
import { utf8 } from "./support/sources.mjs";

const PIECES = [utf8("a,b\n1,2\n3,4\n5,6\n")];
const options = { maxRows: 1 };

for (const [kind, watch] of Object.entries(watched)) {
  test(`break closes ${kind}`, async () => {
    const watching = watch(PIECES);
    for await (const part of splitCsv(watching.source, options)) {
      assert.equal(Buffer.from(part).toString(), "a,b\n1,2\n");
      break;
    }
    await settle();
    assert.equal(watching.closed, 1);
  });

  test(`an abort while ${kind} is awaited`, async () => {
    const watching = watch(PIECES);
    const stop = new AbortController();
    const reason = new Error("enough");
    const reading = readAll(splitCsv(watching.source, { ...options, signal: stop.signal }));
    setTimeout(() => stop.abort(reason), 5);
    assert.equal(await thrown(reading), reason);
    await settle();
    assert.equal(watching.closed, 1);
  });

  test(`an abort before ${kind} is read`, async () => {
    const watching = watch(PIECES);
    const signal = AbortSignal.abort("too late");
    assert.equal(
      await thrown(readAll(splitCsv(watching.source, { ...options, signal }))),
      "too late",
    );
    assert.equal(watching.asked, 0);
  });

  test(`a record that no part can hold closes ${kind}`, async () => {
    const watching = watch([utf8("a,b\n1,2\n33333,4\n")]);
    const parts = readAll(splitCsv(watching.source, { maxBytes: 9 }));
    await failure(parts, { code: "csv", row: 3, byte: 8 });
    await settle();
    assert.equal(watching.closed, 1);
  });
}

test("an abort between two parts", async () => {
  for (const source of ["a\n1\n2\n3\n", new Blob(["a\n1\n2\n3\n"])]) {
    const stop = new AbortController();
    let parts = 0;
    const reading = async () => {
      for await (const _ of splitCsv(source, { ...options, signal: stop.signal })) {
        parts += 1;
        stop.abort("enough");
      }
    };
    assert.equal(await thrown(reading()), "enough");
    assert.equal(parts, 1);
  }
});

test("a source that fails: its error, unchanged", async () => {
  const mine = new Error("mine");
  function* broken() {
    yield utf8("a\n1\n");
    throw mine;
  }
  async function* later() {
    yield* broken();
  }
  const stream = new ReadableStream({ pull: (to) => to.error(mine) });
  for (const source of [broken(), later(), stream]) {
    assert.equal(await thrown(readAll(splitCsv(source, options))), mine);
  }
});

test("nothing is read before somebody asks", async () => {
  const watching = watched["a stream"](PIECES);
  splitCsv(watching.source, options);
  await settle();
  assert.equal(watching.asked, 0);
});
