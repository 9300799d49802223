/** What a logger sees of real calls. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { QUICK, useOrg } from "./support/org.mjs";
import { Bulk } from "./support/package.mjs";

const org = useOrg({ contacts: 30, config: { pageSize: 10 } });
const SOQL = "SELECT Id FROM Contact";

test("every request of a query, in words that can be shown", async () => {
  const told = [];
  await org.fault({
    method: "GET",
    path: "/results",
    times: 1,
    effect: { kind: "status", status: 503 },
  });
  const bulk = org.connect({ logger: (request) => told.push(request) });
  assert.equal((await bulk.query(SOQL).toArray()).length, 30);
  const { requests } = await org.control("log");
  const sent = requests.filter(({ path }) => path.includes("/jobs/"));
  assert.equal(told.length, sent.length, "each request once");
  assert.deepEqual(Object.keys(told[0]).sort(), ["attempt", "method", "ms", "status", "url"]);
  assert.deepEqual([told[0].method, told[0].status, told[0].attempt], ["POST", 200, 1]);
  const failed = told.find(({ status }) => status === 503);
  const again = told.find(({ url, attempt }) => url === failed.url && attempt === 2);
  assert.equal(again.status, 200);
  const { accessToken } = bulk.session;
  for (const request of told) {
    assert.ok(request.url.startsWith(org.url) && !request.url.includes("?"), request.url);
    assert.equal(JSON.stringify(request).includes(accessToken), false);
  }
});

test("signing in, without what it sends", async () => {
  const told = [];
  const logger = (request) => told.push(request);
  const login = { username: "demo@example.com", password: "demo", loginUrl: org.url };
  await Bulk.connect({ ...login, logger, ...QUICK });
  assert.equal(told.length, 1);
  assert.deepEqual([told[0].method, told[0].status], ["POST", 200]);
  assert.doesNotMatch(JSON.stringify(told), /demo/);
});

test("what it throws ends the call", async () => {
  const logger = () => {
    throw new RangeError("mine");
  };
  await assert.rejects(org.connect({ logger }).query(SOQL).toArray(), RangeError);
});
