/** A `fetch` of the user's own that does what it likes: every call settles with an error that can be told apart. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { failure, typeError } from "./support/failure.mjs";
import { spoiling } from "./support/fetches.mjs";
import { useOrg } from "./support/org.mjs";
import { streamOf } from "./support/sources.mjs";

const org = useOrg({ contacts: 5, accounts: 1 });
const SOQL = "SELECT Id FROM Contact";
const ONCE = { retry: { attempts: 2, maxDelay: 5 } };

const calls = {
  "a query": (bulk) => bulk.query(SOQL).toArray(),
  bytes: (bulk) => bulk.query(SOQL).bytes().getReader().read(),
  "a load": (bulk) => bulk.insert("Account", [{ Name: "a" }]).done(),
  "a job of 1.0": (bulk) => bulk.v1.createQueryJob("Contact"),
  "a batch of 1.0": (bulk) =>
    bulk.v1.job("750000000000001AAA").batch("751000000000001AAA").status(),
  "the list of jobs": (bulk) => bulk.v2.jobs({ kind: "query" }).next(),
};

const thrownThings = {
  "an Error": new Error("offline"),
  "a TypeError": new TypeError("Failed to fetch"),
  "a text": "went away",
  null: null,
  undefined: undefined,
  "a plain object": { reason: "none" },
  "a number": 7,
  "a frozen object": Object.freeze({ message: "frozen" }),
  "an object whose message throws": {
    get message() {
      throw new Error("no message");
    },
  },
};

for (const [name, what] of Object.entries(thrownThings)) {
  test(`fetch rejects with ${name}`, async () => {
    const bulk = org.connect({ fetch: () => Promise.reject(what), ...ONCE });
    for (const call of Object.values(calls)) {
      const error = await failure(call(bulk), { code: "network", retryable: true });
      assert.equal(error.cause, what ?? undefined);
    }
  });

  test(`fetch throws ${name}`, async () => {
    const throwing = () => {
      throw what;
    };
    const bulk = org.connect({ fetch: throwing, ...ONCE });
    for (const call of Object.values(calls)) await failure(call(bulk), { code: "network" });
  });
}

/** What it must be is said. */
const UNUSABLE = /^fetch cannot be used: .*It must answer as the global fetch does/;

const garbage = {
  undefined: undefined,
  null: null,
  "a text": "200 OK",
  "a number": 200,
  "an empty object": {},
  "an array": [],
  "a function": () => {},
  "something like a response": { ok: true, status: 200, headers: {} },
  "a response without a body stream": { ok: true, status: 200, headers: new Headers(), body: {} },
};

for (const [name, what] of Object.entries(garbage)) {
  test(`fetch gives ${name}`, async () => {
    for (const call of Object.values(calls)) {
      let sent = 0;
      const fetch = async () => {
        sent += 1;
        return what;
      };
      await typeError(() => call(org.connect({ fetch, ...ONCE })), UNUSABLE);
      assert.equal(sent, 1, "no request is sent twice");
    }
  });
}

test("fetch gives no promise", async () => {
  const response = () => Response.json({ records: [], done: true });
  const bulk = org.connect({ fetch: response });
  assert.deepEqual(await bulk.v2.jobs({ kind: "query" }).next(), { done: true, value: undefined });
});

test("a body that gives something else than bytes", async () => {
  for (const chunk of ["text", 7, null, {}]) {
    const fits = (url) => url.includes("/results");
    const spoil = async () => {
      const response = new Response("");
      Object.defineProperty(response, "body", { value: streamOf([chunk]) });
      return response;
    };
    const bulk = org.connect({ fetch: spoiling(fits, spoil), ...ONCE });
    const outcome = bulk.query(SOQL, { timeout: 2000 }).toArray();
    await typeError(() => outcome, UNUSABLE);
  }
});

test("a fetch that fails once is asked again", async () => {
  let failures = 1;
  const fits = (_, init) => init.method === "GET" && failures-- > 0;
  const flaky = spoiling(fits, () => Promise.reject("gone"));
  assert.equal((await org.connect({ fetch: flaky }).query(SOQL).toArray()).length, 5);
});

test("the global fetch is looked up at each call", async () => {
  const bulk = org.connect();
  const { fetch: original } = globalThis;
  let asked = 0;
  globalThis.fetch = (...args) => {
    asked += 1;
    return original(...args);
  };
  try {
    await bulk.query(SOQL).toArray();
  } finally {
    globalThis.fetch = original;
  }
  assert.ok(asked >= 3, `${asked}`);
});

test("fetch is called with text and a plain init, never with a Request", async () => {
  const seen = [];
  const spying = (...args) => {
    seen.push(args);
    return fetch(...args);
  };
  await org
    .connect({ fetch: spying })
    .insert("Account", [{ Name: "a" }])
    .done();
  for (const [url, init, ...rest] of seen) {
    assert.equal(typeof url, "string");
    assert.equal(Object.getPrototypeOf(init), Object.prototype);
    assert.ok(init.signal instanceof AbortSignal);
    assert.deepEqual(rest, []);
  }
  assert.equal(new Set(seen.map(([, init]) => init)).size, seen.length, "made anew each time");
});
