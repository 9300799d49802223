/** Hosts that lack what others have, or forbid it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync } from "node:zlib";
import { now, random } from "../../pkg-template/task/clock.ts";
import { Yielder } from "../../pkg-template/task/yielding.ts";
import { inflate } from "../../pkg-template/wasm/inflate.ts";

/** Runs `action` where globals are others. */
async function where(globals, action) {
  const before = Object.keys(globals).map((name) => [
    name,
    Object.getOwnPropertyDescriptor(globalThis, name),
  ]);
  for (const [name, value] of Object.entries(globals))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  try {
    return await action();
  } finally {
    for (const [name, descriptor] of before) Object.defineProperty(globalThis, name, descriptor);
  }
}

const refuse = () => {
  throw new TypeError("secure mode");
};

test("the wasm is inflated without Blob and Response", async () => {
  const bytes = Uint8Array.from({ length: 300_000 }, (_, at) => (at * at) % 251);
  const whole = await where({ Blob: undefined, Response: undefined }, () =>
    inflate(new Uint8Array(deflateSync(bytes))),
  );
  assert.deepEqual(whole, bytes);
});

test("what is no zlib data rejects, and nothing is left unhandled", async () => {
  await assert.rejects(inflate(new Uint8Array([1, 2, 3])));
  await new Promise((resolve) => setTimeout(resolve, 5));
});

test("a host that cannot inflate says what to do", async () => {
  await where({ DecompressionStream: undefined }, () =>
    assert.rejects(inflate(new Uint8Array(1)), { code: "internal", message: /slim/ }),
  );
});

test("a clock and a chance that throw are none", async () => {
  assert.ok(now() > 1e12);
  assert.ok(random() >= 0 && random() < 1);
  const forbidden = { Date: { now: refuse }, performance: { now: refuse } };
  await where(forbidden, async () => {
    assert.equal(now(), 0);
    assert.equal(new Yielder().yieldIfDue(), undefined);
  });
  const { random: chance } = Math;
  Math.random = refuse;
  assert.equal(random(), 0.5);
  Math.random = chance;
});

test("work yields when it has held the thread for long, and not before", async () => {
  let time = 1000;
  await where({ performance: { now: () => time } }, async () => {
    const yielder = new Yielder();
    time += 39;
    assert.equal(yielder.yieldIfDue(), undefined);
    time += 1;
    await yielder.yieldIfDue();
    assert.equal(yielder.yieldIfDue(), undefined);
  });
});
