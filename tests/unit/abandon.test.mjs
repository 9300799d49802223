/** `onAbort: "abort-job"` while the job is still being made. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { client, fake, reader, script } from "./support/package.mjs";

const JOB = "750R0000000zlh9IAA";
const pause = (ms = 5) => new Promise((resolve) => setTimeout(resolve, ms));

/** A job that is made when the test says so: `made()` has Rust tell of it. */
function making() {
  const seen = { aborted: [], operations: [] };
  const call = function call() {
    seen.operations.push(this);
    seen.flight = this.flight;
    seen.exchange = this.flight.send("POST", "https://x/jobs", "");
    seen.exchange.head().catch(() => {});
    return new Promise((_, reject) => {
      seen.fail = () => reject({ code: "limit", message: "no", retryable: false });
      seen.made = () => {
        this.flight.report(JSON.stringify({ phase: "processing", jobId: JOB }));
      };
    });
  };
  script({
    v2Load: call,
    v2Query() {
      return reader([() => call.call(this)]);
    },
    v2Abort: async (kind, id) => seen.aborted.push([kind, id]),
  });
  return seen;
}

let signalOfRequest;
const fetch = (_, { signal }) => {
  signalOfRequest = signal;
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
};

const calls = {
  query: (options) => client({ fetch }).query("SELECT Id FROM Account", options).toArray(),
  ingest: (options) =>
    client({ fetch })
      .insert("Account", [{ Name: "a" }], options)
      .done(),
};

for (const [kind, call] of Object.entries(calls)) {
  test(`${kind}: the caller is answered at once, and the job that still comes is aborted`, async () => {
    const seen = making();
    const controller = new AbortController();
    const progress = [];
    const outcome = call({
      signal: controller.signal,
      onAbort: "abort-job",
      onProgress: (told) => progress.push(told.jobId),
    });
    outcome.catch(() => {});
    await pause();
    controller.abort("why");
    await assert.rejects(outcome, (error) => error === "why");
    assert.equal(seen.operations[0].aborted, false, "Rust goes on until the job is there");
    assert.equal(signalOfRequest.aborted, false, "so does its request");
    seen.made();
    await pause();
    assert.deepEqual(seen.aborted, [[kind, JOB]]);
    assert.equal(seen.operations[0].aborted, true);
    assert.equal(signalOfRequest.aborted, true);
    assert.equal(progress.includes(JOB), false, "nobody is told any more");
  });

  test(`${kind}: a job that does not come is not aborted, and all is freed`, async () => {
    const seen = making();
    const controller = new AbortController();
    const outcome = call({ signal: controller.signal, onAbort: "abort-job" });
    outcome.catch(() => {});
    await pause();
    controller.abort("why");
    const { freed } = fake;
    seen.fail();
    await pause();
    assert.deepEqual(seen.aborted, []);
    assert.ok(fake.freed > freed);
  });

  test(`${kind}: whoever leaves the job, or has no time left, has the request ended at once`, async () => {
    for (const options of [{ onAbort: "leave" }, { onAbort: "abort-job", timeout: 10 }]) {
      const seen = making();
      const controller = new AbortController();
      const outcome = call({ signal: controller.signal, ...options });
      outcome.catch(() => {});
      await pause();
      if (options.timeout) await pause(20);
      else controller.abort("why");
      await assert.rejects(outcome);
      assert.equal(seen.operations[0].aborted, true);
      assert.equal(signalOfRequest.aborted, true);
      assert.deepEqual(seen.aborted, []);
    }
  });
}
