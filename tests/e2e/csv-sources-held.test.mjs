/** Sources are held from the call on, and let go as soon as nobody wants the rest of them. */
import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { test } from "node:test";
import { formatCsv, parseCsv, settle, splitCsv, written } from "./support/csv.mjs";
import { thrown } from "./support/failure.mjs";
import { readAll } from "./support/reading.mjs";

const nowhere = () => createReadStream("/nowhere/at/all.csv");

const readers = {
  "parseCsv()": (source, options) => parseCsv(source, options)[Symbol.asyncIterator](),
  "parseCsv().chunks()": (source, options) => parseCsv(source, options).chunks(),
  "splitCsv()": (source, options) => splitCsv(source, { maxRows: 1, ...options }),
  "formatCsv()": (source, options) => formatCsv(source, options)[Symbol.asyncIterator](),
};

for (const [name, read] of Object.entries(readers)) {
  test(`${name}: a file that is not there is an error of the read, and of nothing else`, async () => {
    const unread = read(nowhere());
    const late = read(nowhere());
    await settle();
    assert.equal((await thrown(readAll(late))).code, "ENOENT");
    await unread.return();
  });

  test(`${name}: an abort before the first read lets the source go`, async () => {
    const reason = new Error("enough");
    const stop = new AbortController();
    const stream = new Readable({ read() {} });
    const rows = read(stream, { signal: stop.signal });
    stop.abort(reason);
    assert.equal(stream.errored, reason);
    assert.equal(await thrown(readAll(rows)), reason);
  });

  test(`${name}: leaving before the first read lets the source go`, async () => {
    const stream = new Readable({ read() {} });
    await read(stream).return();
    assert.deepEqual([stream.destroyed, stream.errored], [true, null]);
  });

  test(`${name}: an abort while a Node stream stalls lets it go`, async () => {
    const reason = new Error("enough");
    const stop = new AbortController();
    const stream = new Readable({ read() {} });
    const reading = readAll(read(stream, { signal: stop.signal }));
    setTimeout(() => stop.abort(reason), 20);
    assert.equal(await thrown(reading), reason);
    assert.equal(stream.errored, reason);
  });
}

test("cancelling the stream of bytes tells the source why, read or not", async () => {
  for (const readFirst of [false, true]) {
    let told;
    const source = new ReadableStream({
      pull: (to) => to.enqueue(new TextEncoder().encode("a\n1\n")),
      cancel: (reason) => {
        told = reason;
      },
    });
    const reader = parseCsv(source).bytes().getReader();
    if (readFirst) await reader.read();
    await reader.cancel("enough");
    assert.equal(told, "enough");
  }
});

test("an abort inside a generator of records is the reason, and harms nothing", async () => {
  for (const options of [{}, { columns: ["a"] }]) {
    for (const before of [0, 1, 20_000]) {
      const stop = new AbortController();
      let left = false;
      function* records() {
        try {
          for (let at = 0; at < before; at += 1) yield { a: at };
          stop.abort("why");
          for (let at = 0; at < 20_000; at += 1) yield { a: at };
        } finally {
          left = true;
        }
      }
      const writing = written(records(), { ...options, signal: stop.signal });
      assert.equal(await thrown(writing), "why");
      assert.equal(left, true);
    }
  }
  assert.equal(await written([{ a: 1 }]), "a\n1\n");
});

test("one object, changed from record to record", async () => {
  function* records() {
    const record = { parent: {} };
    for (let at = 0; at < 3; at += 1) yield Object.assign(record, { at, parent: { at } });
  }
  assert.equal(await written(records()), "parent.at,at\n0,0\n1,1\n2,2\n");
});

test("an array that is changed after the call", async () => {
  const records = [{ a: 1 }, { a: 2 }];
  const csv = formatCsv(records);
  records.length = 0;
  assert.equal(Buffer.concat(await readAll(csv)).toString(), "a\n1\n2\n");
});

test("lazy rows, and whatever else has a toJSON, are records", async () => {
  const csv = "Id,Name\n1,x\n2,y\n";
  assert.equal(await written(parseCsv(csv).lazy()), csv);
});
