/** Many calls, one signal. */
import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { test } from "node:test";
import { listen, unlisten } from "../../pkg-template/task/signals.ts";

test("however many listen, the signal has one listener, and none when all have left", () => {
  const { signal } = new AbortController();
  const callbacks = Array.from({ length: 20 }, () => () => {});
  for (const callback of callbacks) listen(signal, callback);
  assert.equal(getEventListeners(signal, "abort").length, 1);
  for (const callback of callbacks) unlisten(signal, callback);
  unlisten(signal, callbacks[0]);
  assert.equal(getEventListeners(signal, "abort").length, 0);
});

test("an abort is heard by those who still listen, also when one leaves on hearing it", () => {
  const controller = new AbortController();
  const heard = [];
  const first = () => {
    heard.push("first");
    unlisten(controller.signal, first);
  };
  listen(controller.signal, first);
  listen(controller.signal, () => heard.push("second"));
  const gone = () => heard.push("gone");
  listen(controller.signal, gone);
  unlisten(controller.signal, gone);
  controller.abort();
  assert.deepEqual(heard, ["first", "second"]);
});
