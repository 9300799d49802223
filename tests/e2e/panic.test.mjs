/**
 * A panic in the wasm, a trap without one, and an exception through it: all calls in flight are told, the next one works,
 * and the process lives.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { failure } from "./support/failure.mjs";
import { QUICK, useOrg } from "./support/org.mjs";
import { variant } from "./support/variant.mjs";

const { modules, commonjs } = await variant("test-panic");
const org = useOrg({ contacts: 20, accounts: 1 });
const SOQL = "SELECT Id FROM Contact";

const ways = ["__panic__", "__trap__", "__throw__"];

for (const [name, { Bulk }] of Object.entries({ import: modules, require: commonjs })) {
  for (const way of ways) testWays(name, Bulk, way);
}

function testWays(kind, Bulk, way) {
  const name = `${kind}, ${way}`;

  test(`${name}: three calls in flight, one panics`, async () => {
    const bulk = new Bulk({ ...(await org.session()), ...QUICK });
    await org.configure({ queueMs: 60_000 });
    const inFlight = [
      bulk.query(SOQL).toArray(),
      bulk.insert("Account", [{ Name: "a" }]).done(),
      bulk.query(SOQL).bytes().getReader().read(),
    ];
    for (const one of inFlight) one.catch(() => {});
    await pause(150);
    await failure(bulk.v1.createQueryJob(way), { code: "internal", retryable: false });
    for (const one of inFlight) await failure(one, { code: "internal", retryable: false });
    await failure(inFlight[1], { outcome: "unknown", code: "internal" });
    await org.configure({ queueMs: 5 });
    assert.equal((await bulk.query(SOQL).toArray()).length, 20, "the same client goes on");
  });

  test(`${name}: again and again`, async () => {
    const bulk = new Bulk({ ...(await org.session()), ...QUICK });
    for (let round = 0; round < 5; round++) {
      const panics = [1, 2, 3].map(() => bulk.v1.createQueryJob(way));
      await Promise.all(panics.map((one) => failure(one, { code: "internal" })));
      assert.equal((await bulk.query(SOQL).toArray()).length, 20);
    }
  });

  test(`${name}: rows that are half read`, async () => {
    await org.configure({ pageSize: 5 });
    const bulk = new Bulk({ ...(await org.session()), ...QUICK });
    const rows = bulk.query(SOQL).chunks();
    assert.ok((await rows.next()).value.length > 0);
    await failure(bulk.v1.createQueryJob(way), { code: "internal" });
    await failure(rows.next(), { code: "internal" });
    assert.deepEqual(await rows.next(), { done: true, value: undefined });
  });

  test(`${name}: a refreshed session outlives it`, async () => {
    let refreshes = 0;
    const refresh = async () => {
      refreshes += 1;
      return (await org.session()).accessToken;
    };
    const bulk = new Bulk({ ...(await org.session()), refresh, ...QUICK });
    await org.control("expire", {});
    await bulk.v1.createQueryJob("Contact");
    await failure(bulk.v1.createQueryJob(way), { code: "internal" });
    assert.equal((await bulk.query(SOQL).toArray()).length, 20);
    assert.equal(refreshes, 1);
  });
}

test("what was in flight sends nothing after the panic", async () => {
  const bulk = new modules.Bulk({ ...(await org.session()), ...QUICK });
  await org.configure({ queueMs: 60_000 });
  const polling = bulk.query(SOQL).toArray();
  polling.catch(() => {});
  await pause(120);
  await failure(bulk.v1.createQueryJob("__panic__"), { code: "internal" });
  await failure(polling, { code: "internal" });
  await pause(30);
  const { total } = await org.control("log");
  await pause(200);
  assert.equal((await org.control("log")).total, total);
});
