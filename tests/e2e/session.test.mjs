/** A session that has expired: refreshed once where that can be done, and else an error that says so. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { failure } from "./support/failure.mjs";
import { useOrg } from "./support/org.mjs";
import { secret } from "./support/secrets.mjs";

const org = useOrg({ contacts: 20, accounts: 2, config: { pageSize: 5 } });
const SOQL = "SELECT Id FROM Contact";

/** How Salesforce says it: [status, errorCode, call]. */
const dialects = {
  "401 of 2.0": [401, "INVALID_SESSION_ID", (bulk) => bulk.v2.createQueryJob({ query: SOQL })],
  "400 in XML of 1.0": [400, "InvalidSessionId", (bulk) => bulk.v1.createQueryJob("Contact")],
  "400 in JSON of 1.0": [
    400,
    "InvalidSessionId",
    (bulk) => bulk.v1.createQueryJob("Contact", { contentType: "JSON" }),
  ],
};

/** A client whose `refresh` opens a new session, and how often it was called. */
function refreshing(options = {}) {
  const calls = { count: 0 };
  const refresh = async () => {
    calls.count += 1;
    await pause(20);
    return (await org.session()).accessToken;
  };
  return { calls, bulk: org.connect({ refresh, ...options }) };
}

for (const [name, [status, errorCode, call]] of Object.entries(dialects)) {
  test(`${name}: without refresh it is an error`, async () => {
    const bulk = org.connect();
    await org.control("expire", {});
    const error = await failure(call(bulk), { code: "session", status, errorCode });
    assert.equal(error.retryable, false);
  });

  test(`${name}: with refresh the call goes on`, async () => {
    const { bulk, calls } = refreshing();
    const before = bulk.session.accessToken;
    await org.control("expire", {});
    await call(bulk);
    assert.equal(calls.count, 1);
    assert.notEqual(bulk.session.accessToken, before);
  });

  test(`${name}: many calls in flight share one refresh`, async () => {
    const { bulk, calls } = refreshing();
    await org.control("expire", {});
    await Promise.all(Array.from({ length: 12 }, () => call(bulk)));
    assert.equal(calls.count, 1);
  });

  test(`${name}: a refresh that gives a dead session ends in an error`, async () => {
    let count = 0;
    const refresh = () => {
      count += 1;
      return secret(`dead-token-${count}`);
    };
    const bulk = org.connect({ refresh });
    await org.control("expire", {});
    await failure(call(bulk), { code: "session", status, errorCode });
    assert.ok(count <= 2, `${count} refreshes`);
  });
}

test("calls of all dialects share one refresh", async () => {
  const { bulk, calls } = refreshing();
  await org.control("expire", {});
  const all = Object.values(dialects).map(([, , call]) => call);
  await Promise.all([...all, ...all, ...all].map((call) => call(bulk)));
  assert.equal(calls.count, 1);
});

test("a session that ends in the middle of a query: no row is lost or doubled", async () => {
  const { bulk, calls } = refreshing();
  await org.fault({ path: "/results", skip: 2, times: 1, effect: { kind: "expireSession" } });
  const rows = await bulk.query(SOQL).toArray();
  assert.equal(new Set(rows.map(({ Id }) => Id)).size, 20);
  assert.equal(rows.length, 20);
  assert.equal(calls.count, 1);
});

test("a session that ends between the steps of a load: no row is lost or doubled", async () => {
  for (const [method, path] of [
    ["POST", "/jobs/ingest"],
    ["PUT", "/batches"],
    ["PATCH", "/jobs/ingest/"],
    ["GET", "/jobs/ingest/"],
    ["GET", "Results"],
  ]) {
    await org.begin();
    const { bulk, calls } = refreshing();
    await org.fault({ method, path, times: 1, effect: { kind: "expireSession" } });
    const load = bulk.insert("Account", [{ Name: "only once" }]);
    const results = await load.results().toArray();
    assert.deepEqual(
      results.map(({ success }) => success),
      [true],
      `${method} ${path}`,
    );
    assert.equal(calls.count, 1, `${method} ${path}`);
    assert.equal(await created(bulk), 1, `${method} ${path}`);
  }
});

test("a refresh that fails is told with its cause", async () => {
  const mine = new Error("no network for the refresh");
  const refresh = async () => {
    throw mine;
  };
  const bulk = org.connect({ refresh });
  await org.control("expire", {});
  const error = await failure(bulk.v1.createQueryJob("Contact"), { code: "session" });
  assert.equal(error.cause, mine);
});

test("a refresh that gives no token", async () => {
  for (const given of [undefined, "", 7, "two words"]) {
    const bulk = org.connect({ refresh: () => given });
    await org.begin();
    await org.control("expire", {});
    const outcome = await bulk
      .query(SOQL)
      .toArray()
      .catch((error) => error);
    assert.ok(outcome instanceof Error, String(given));
    assert.ok(outcome instanceof TypeError || outcome.code === "session", String(outcome));
  }
});

async function created(bulk) {
  const { length } = await bulk.query("SELECT Id FROM Account WHERE Name = 'only once'").toArray();
  return length;
}
