/** Loading the wasm: once, lazily, and with an error that says what to do. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fake } from "./support/package.mjs";

let copies = 0;

/** A runtime that has loaded nothing yet. */
const fresh = () => import(`../../pkg-template/wasm/runtime.ts?${copies++}`);

test("without a source the error says how to give one", async () => {
  const { load } = await fresh();
  await assert.rejects(load(), { code: "internal", message: /init\(source\)/ });
});

test("a source may be a function or a promise, and is used once", async () => {
  for (const source of [() => "bytes", "bytes", Promise.resolve("bytes")]) {
    const { load, provide } = await fresh();
    const { starts } = fake;
    provide(source);
    await Promise.all([load(), load()]);
    assert.equal(fake.starts, starts + 1);
    assert.equal(fake.source, "bytes");
  }
});

test("what a policy forbids is told with the way to allow it; later calls try again", async () => {
  const { load, provide } = await fresh();
  provide("bytes");
  fake.startError = new WebAssembly.CompileError("disallowed by embedder");
  await assert.rejects(load(), (error) => {
    assert.equal(error.code, "internal");
    assert.equal(error.cause, fake.startError);
    assert.match(error.message, /script-src 'self' 'wasm-unsafe-eval'/);
    assert.match(error.message, /"content_security_policy": \{ "extension_pages"/);
    return true;
  });
  fake.startError = new Error("offline");
  await assert.rejects(load(), { code: "internal", message: /could not be loaded: offline/ });
  fake.startError = undefined;
  await load();
});
