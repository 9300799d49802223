/** What nobody awaits must not fail either: a test process that hears of such a thing has failed. */
import assert from "node:assert/strict";
import { after } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

/** Long enough for what the last test left behind to come to light. */
const LINGER = 30;

const heard = [];
for (const kind of ["unhandledRejection", "uncaughtException", "warning"]) {
  process.on(kind, (what) => {
    if (!isNodesOwn(what)) heard.push({ kind, what });
  });
}

after(async () => {
  await pause(LINGER);
  assert.deepEqual(heard, [], "nothing went wrong behind the tests' back");
});

/** Node warns of features of its own that the tests use. */
function isNodesOwn(what) {
  return what?.name === "ExperimentalWarning" || what?.name === "DeprecationWarning";
}
