/** The microtasks of an instance end with it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { endEpoch } from "../../pkg-template/wasm/epoch.ts";
import { queueMicrotask } from "../../pkg-template/wasm/microtask.ts";

const turn = () => new Promise((resolve) => setTimeout(resolve));

/** What escapes to the host while `action` runs. */
async function uncaught(action) {
  const seen = [];
  const listen = (error) => seen.push(error.message);
  process.on("uncaughtException", listen);
  action();
  await turn();
  process.off("uncaughtException", listen);
  return seen;
}

test("a trap that ends its instance is silent, and so are the tasks queued behind it", async () => {
  const ran = [];
  const seen = await uncaught(() => {
    queueMicrotask(() => {
      ran.push("first");
      endEpoch();
      throw new Error("unreachable");
    });
    queueMicrotask(() => ran.push("of the dead instance"));
  });
  assert.deepEqual(ran, ["first"]);
  assert.deepEqual(seen, []);
});
