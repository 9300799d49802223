/** Sessions, flights, aborts, timeouts, and what a panic does. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { Bulk, cells, client, fake, reader, script } from "./support/package.mjs";

const JOB = "750R0000000zlh9IAA";
const BATCH = "751R0000000zlh9IAA";
const pause = (ms = 5) => new Promise((resolve) => setTimeout(resolve, ms));

/** Runs `action(flight)` as an operation would. */
function within(bulk, action) {
  script({
    v1Job() {
      return action(this.flight);
    },
  });
  return bulk.v1.job(JOB).status();
}

test("the settings that Rust reads", async () => {
  let settings;
  const bulk = client({
    apiVersion: 64,
    retry: { attempts: 2 },
    poll: { max: 10 },
    clientName: "x",
  });
  await within(bulk, async (flight) => {
    settings = flight.settings;
    return {};
  });
  assert.deepEqual(settings, {
    instanceUrl: "https://acme.my.salesforce.com",
    apiVersion: "64.0",
    clientName: "x",
    retry: { attempts: 2, maxDelay: 30_000, maxTime: 600_000 },
    timeouts: { head: 120_000, idle: 60_000 },
    poll: { first: 10, max: 10 },
  });
});

test("fetch is called with text, and a global one is looked up when it is needed", async () => {
  const calls = [];
  const fetch = async (url, init) => {
    calls.push([url, init.method, init.headers, init.body]);
    return new Response("");
  };
  await within(client({ fetch }), async (flight) => {
    await flight.send("GET", "https://x/", "A: b: c\nD: e\n").head();
    return {};
  });
  const before = globalThis.fetch;
  const bulk = client();
  globalThis.fetch = fetch;
  try {
    await within(bulk, async (flight) => {
      await flight.send("PUT", "https://y/", "A: 1\n", "body").head();
      return {};
    });
  } finally {
    globalThis.fetch = before;
  }
  assert.deepEqual(calls, [
    ["https://x/", "GET", { A: "b: c", D: "e" }, undefined],
    ["https://y/", "PUT", { A: "1" }, "body"],
  ]);
});

test("a fetch whose answers cannot be used ends the call at once, with what is needed", async () => {
  const headers = new Headers();
  const { Readable } = await import("node:stream");
  for (const answer of [
    { status: 200, headers, body: Readable.from(["x"]) },
    { status: 200, headers: {}, body: null },
    undefined,
  ]) {
    let sent = 0;
    const fetch = async () => {
      sent += 1;
      return answer;
    };
    let operation;
    script({
      async v1Job() {
        operation = this;
        for (;;) {
          const failed = await this.flight
            .send("GET", "https://x/", "")
            .head()
            .catch(() => true);
          if (this.aborted || !failed) return new Promise(() => {});
        }
      },
    });
    await assert.rejects(client({ fetch }).v1.job(JOB).status(), {
      name: "TypeError",
      message: /^fetch cannot be used: .*It must answer as the global fetch does/,
    });
    assert.equal(sent, 1, "it is not sent again");
    assert.equal(operation.aborted, true);
  }
});

test("one refresh serves all who were refused", async () => {
  let refreshed = 0;
  const refresh = async () => {
    await pause();
    refreshed += 1;
    return `NEW-${refreshed}`;
  };
  const bulk = client({ refresh });
  await within(bulk, async (flight) => {
    const old = await flight.token(undefined);
    assert.equal(old, "SECRET-TOKEN");
    assert.deepEqual(await Promise.all([flight.token(old), flight.token(old)]), ["NEW-1", "NEW-1"]);
    assert.equal(await flight.token(old), "NEW-1", "a late one gets what is there");
    assert.equal(await flight.token("NEW-1"), "NEW-2");
    return {};
  });
  assert.equal(bulk.session.accessToken, "NEW-2");
});

test("a refresh that fails rejects all, and the next one is tried again", async () => {
  let times = 0;
  const refresh = () => {
    times += 1;
    if (times === 1) throw new Error("mine");
    return times === 2 ? "" : "GOOD";
  };
  await within(client({ refresh }), async (flight) => {
    const old = await flight.token();
    const both = await Promise.allSettled([flight.token(old), flight.token(old)]);
    assert.deepEqual(
      both.map(({ reason }) => reason.cause.message),
      ["mine", "mine"],
    );
    await assert.rejects(flight.token(old), ({ cause }) => cause instanceof TypeError);
    assert.equal(await flight.token(old), "GOOD");
    return {};
  });
});

test("without refresh there is no other token", async () => {
  await within(client(), async (flight) => {
    assert.equal(await flight.token("SECRET-TOKEN"), undefined);
    return {};
  });
});

test("no token shows", () => {
  const bulk = client();
  for (const shown of [
    JSON.stringify(bulk),
    inspect(bulk, { depth: 9 }),
    inspect(bulk.v1.job(JOB), { depth: 9 }),
  ]) {
    assert.equal(shown.includes("SECRET"), false, shown);
  }
});

test("an abort stops everything of its operation", async () => {
  const controller = new AbortController();
  let operation;
  let fetched;
  const fetch = (_, { signal }) =>
    new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  script({
    v1Job() {
      operation = this;
      fetched = this.flight.send("GET", "https://x/", "").head();
      return this.flight
        .timer(60_000)
        .done()
        .then(() => ({}));
    },
  });
  const status = client({ fetch }).v1.job(JOB).status({ signal: controller.signal });
  await pause();
  controller.abort("why");
  await assert.rejects(status, (error) => error === "why");
  await assert.rejects(fetched, ({ cause }) => cause === "why");
  assert.equal(operation.aborted, true);
  await pause();
  assert.equal(fake.freed, 1, "freed when the call has returned");
});

test("waiting takes a timeout", async () => {
  script({ v1WaitBatch: () => new Promise(() => {}) });
  const waiting = client().v1.job(JOB).batch(BATCH).wait({ timeout: 5 });
  await assert.rejects(waiting, (error) => {
    assert.deepEqual([error.code, error.jobId, error.batchId], ["timeout", JOB, BATCH]);
    assert.ok(error.message.includes(`bulk.v1.job("${JOB}").batch("${BATCH}")`));
    return true;
  });
});

test("signing in", async () => {
  let asked;
  script({
    login: async (given) => {
      asked = given;
      return {
        instanceUrl: "https://na1.salesforce.com",
        accessToken: "T",
        userId: "u",
        organizationId: "o",
      };
    },
  });
  const bulk = await Bulk.connect({
    username: "u",
    password: "p",
    loginUrl: "test.salesforce.com",
  });
  assert.deepEqual(asked, {
    username: "u",
    password: "p",
    loginUrl: "https://test.salesforce.com",
  });
  assert.deepEqual(
    { ...bulk.session },
    {
      instanceUrl: "https://na1.salesforce.com",
      accessToken: "T",
      apiVersion: "66.0",
      userId: "u",
      organizationId: "o",
    },
  );
  assert.equal(new Bulk(bulk.session).session.accessToken, "T", "a session can be given again");
});

test("a panic rejects what is in flight, kills its flight, and the next call works", async () => {
  const late = [];
  const bulk = client({ fetch: () => pause(10) });
  script({
    v1Job() {
      const exchange = this.flight.send("GET", "x", "");
      exchange.head().then(
        () => late.push("fetch"),
        () => late.push("fetch"),
      );
      this.flight
        .timer(10)
        .done()
        .then(() => late.push("timer"));
      return new Promise(() => {});
    },
    v2Query: () => reader([cells(["a"], [["1"]]), cells(undefined, [["2"]])]),
  });
  const idle = bulk.query("SELECT Id FROM A").chunks();
  await idle.next();
  const calls = [bulk.v1.job(JOB).status(), bulk.v1.job(JOB).status()];
  for (const call of calls) call.catch(() => {});
  await pause();
  const { starts, freed } = fake;
  fake.onPanic("panicked at src/x.rs: oh");
  for (const call of calls) {
    await assert.rejects(call, { code: "internal", message: /panicked at src\/x\.rs: oh/ });
  }
  await pause(30);
  assert.deepEqual(late, [], "nothing calls back into the dead wasm");
  await idle.return();
  assert.equal(fake.freed, freed, "its objects are not touched");
  script({ v1Job: async () => ({ id: JOB }) });
  assert.equal((await bulk.v1.job(JOB).status()).id, JOB);
  assert.equal(fake.starts, starts + 1, "the hook is set on the new instance");
});
