/** An abort at any moment: exactly its reason, at once, and the server is asked for nothing more. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { thrown } from "./support/failure.mjs";
import { useOrg } from "./support/org.mjs";

/** Jobs that take long, so that there is time to abort. */
const org = useOrg({ contacts: 100, accounts: 1, config: { pageSize: 10 } });
const SOQL = "SELECT Id, Description FROM Contact";
const RECORDS = [{ Name: "a" }];

/** Longer than polls and retries take, and than a request that was still to come. */
const QUIET = 150;
/** What "at once" means for a machine with much to do. */
const AT_ONCE = 200;
/** Until what is on its way when the abort comes has arrived. */
const ARRIVED = 60;

const stuck = () => org.configure({ queueMs: 60_000 });
const slow = (path, method) => org.fault({ path, method, effect: { kind: "latency", ms: 60_000 } });
const dripping = () =>
  org.fault({ path: "/result", effect: { kind: "bandwidth", bytesPerSecond: 2000 } });

/** The calls that take a signal. */
const calls = {
  "a query's rows": (bulk, signal) => bulk.query(SOQL, { signal }).toArray(),
  "a query's chunks": async (bulk, signal) => {
    for await (const _ of bulk.query(SOQL, { signal }).chunks());
  },
  "a query's bytes": (bulk, signal) => drained(bulk.query(SOQL, { signal }).bytes()),
  "a load": (bulk, signal) => bulk.insert("Account", RECORDS, { signal }).done(),
  "a load's results": (bulk, signal) =>
    bulk.insert("Account", RECORDS).results({ signal }).toArray(),
  "a job of 1.0": (bulk, signal) => bulk.v1.createQueryJob("Contact", { signal }),
  "a query of 1.0": (bulk, signal) => bulk.v1.query(SOQL, { signal }),
  "a wait of 1.0": async (bulk, signal) => (await bulk.v1.query(SOQL)).wait({ signal }),
  "records of 1.0": async (bulk, signal) =>
    (await bulk.v1.query(SOQL)).records({ signal }).toArray(),
  "an ingest job": (bulk, signal) =>
    bulk.v2.createIngestJob({ object: "Account", operation: "insert", signal }),
  "a query job": (bulk, signal) => bulk.v2.createQueryJob({ query: SOQL, signal }),
  "a wait of 2.0": async (bulk, signal) =>
    (await bulk.v2.createQueryJob({ query: SOQL })).wait({ signal }),
};

for (const [name, call] of Object.entries(calls)) {
  test(`before it begins: ${name}`, async () => {
    const mine = Symbol("reason");
    assert.equal(await thrown(call(org.connect(), AbortSignal.abort(mine))), mine);
  });
}

test("before it begins, nothing is sent", async () => {
  const signal = AbortSignal.abort();
  const bulk = org.connect();
  for (const name of ["a query's rows", "a load", "a job of 1.0", "a query job"]) {
    assert.equal(await thrown(calls[name](bulk, signal)), signal.reason);
  }
  assert.equal(await org.count("POST", /./), 0);
});

/** [arrange, calls]: what keeps the server busy, and who is aborted meanwhile. */
const moments = {
  "while a job is made": [
    () => slow("/job", "POST"),
    ["a query's rows", "a query's bytes", "a load", "a job of 1.0", "a query job", "an ingest job"],
  ],
  "during the upload": [() => slow("/batches", "PUT"), ["a load"]],
  "while polling": [stuck, ["a query's rows", "a query's chunks", "a query's bytes", "a load"]],
  "while polling the jobs themselves": [
    stuck,
    ["a wait of 1.0", "records of 1.0", "a wait of 2.0"],
  ],
  "during the download": [
    dripping,
    ["a query's rows", "a query's chunks", "a query's bytes", "records of 1.0"],
  ],
  "between two tries": [
    () => org.fault({ method: "GET", path: "/job", effect: { kind: "dropBefore" } }),
    ["a query's rows", "a load", "a wait of 1.0", "a wait of 2.0"],
  ],
};

for (const [moment, [arrange, names]] of Object.entries(moments)) {
  for (const name of names) {
    test(`${moment}: ${name}`, async () => {
      await arrange();
      const patient = { retry: { attempts: 50, maxDelay: 30_000 } };
      await settlesAtOnce(org.connect(patient), calls[name]);
    });
  }
}

async function settlesAtOnce(bulk, call) {
  const controller = new AbortController();
  const mine = { reason: "mine" };
  const outcome = thrown(call(bulk, controller.signal));
  await pause(120);
  const aborted = performance.now();
  controller.abort(mine);
  assert.equal(await outcome, mine);
  const took = performance.now() - aborted;
  assert.ok(took < AT_ONCE, `it took ${took} ms`);
  await pause(ARRIVED);
  const { total } = await org.control("log");
  await pause(QUIET);
  assert.equal((await org.control("log")).total, total, "no more requests");
}

test("while a source is read, the source is told", async () => {
  const controller = new AbortController();
  const mine = new Error("mine");
  let told;
  const endless = new ReadableStream({
    async pull(stream) {
      await pause(1);
      stream.enqueue({ Name: "a" });
    },
    cancel(reason) {
      told = reason;
    },
  });
  const load = org.connect().insert("Account", endless, { signal: controller.signal });
  await pause(40);
  controller.abort(mine);
  assert.equal(await thrown(load.done()), mine);
  await pause(10);
  assert.equal(told, mine);
  assert.equal(await org.count("POST", /./), 0);
});

test("a source that never gives anything can be aborted, too", async () => {
  const controller = new AbortController();
  const silent = new ReadableStream({ pull: () => new Promise(() => {}) });
  const load = org.connect().insert("Account", silent, { signal: controller.signal });
  await pause(20);
  controller.abort("enough");
  assert.equal(await thrown(load.done()), "enough");
});

test("rows that came already are not handed out after the abort", async () => {
  const controller = new AbortController();
  const rows = org.connect().query(SOQL, { signal: controller.signal })[Symbol.asyncIterator]();
  assert.equal((await rows.next()).done, false);
  controller.abort("enough");
  assert.equal(await thrown(rows.next()), "enough");
  assert.deepEqual(await rows.next(), { done: true, value: undefined });
});

test("results that are no longer wanted leave the load alone", async () => {
  await org.configure({ processingMs: 200 });
  const controller = new AbortController();
  const load = org.connect().insert("Account", RECORDS);
  const results = thrown(load.results({ signal: controller.signal }).toArray());
  await pause(50);
  controller.abort("enough");
  assert.equal(await results, "enough");
  assert.equal((await load.done()).succeeded, 1);
});

test("one signal for many calls ends all of them", async () => {
  await stuck();
  const controller = new AbortController();
  const bulk = org.connect();
  const all = Array.from({ length: 20 }, () =>
    thrown(bulk.query(SOQL, { signal: controller.signal }).toArray()),
  );
  await pause(100);
  controller.abort("enough");
  assert.deepEqual(await Promise.all(all), new Array(20).fill("enough"));
});

test("AbortSignal.timeout ends a call with its own error", async () => {
  await stuck();
  const error = await thrown(
    org
      .connect()
      .query(SOQL, { signal: AbortSignal.timeout(60) })
      .toArray(),
  );
  assert.equal(error.name, "TimeoutError");
});

async function drained(stream) {
  for await (const _ of stream);
}
