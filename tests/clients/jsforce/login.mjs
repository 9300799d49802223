/** jsforce's ways of signing in, against the org. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { jsforce, org } from "./org.mjs";

const app = { clientId: "demo", clientSecret: "secret", loginUrl: org.tlsUrl };
const soql = "SELECT Id, Name FROM Account ORDER BY Id";

async function assertWorks(connection) {
  const { records } = await connection.query(soql);
  const found = records.map(({ Id, Name }) => ({ Id, Name }));
  assert.deepEqual(found, await org.rows(soql));
}

describe("jsforce: signing in", () => {
  test("by SOAP", async () => {
    const connection = await org.connect();
    assert.equal(connection.instanceUrl, org.tlsUrl);
    assert.match(connection.userInfo.id, /^005/);
    assert.match(connection.userInfo.organizationId, /^00D/);
    await assertWorks(connection);
  });

  test("by OAuth 2.0 with a password, and who that is", async () => {
    const connection = new jsforce.Connection({ oauth2: app });
    await connection.login("demo@example.com", "demoTOKEN");
    await assertWorks(connection);
    assert.equal((await connection.identity()).username, "demo@example.com");
  });

  test("by client credentials", async () => {
    const connection = new jsforce.Connection({ oauth2: app });
    await connection.authorize({ grant_type: "client_credentials" });
    await assertWorks(connection);
  });

  test("with a session", async () => {
    const { accessToken } = await org.session();
    await assertWorks(new jsforce.Connection({ instanceUrl: org.tlsUrl, accessToken }));
  });

  test("a wrong password is refused", async () => {
    const refusals = [
      [{ loginUrl: org.tlsUrl }, /INVALID_LOGIN: Invalid username, password, security token/],
      [{ oauth2: app }, /authentication failure/],
    ];
    for (const [options, message] of refusals) {
      const connection = new jsforce.Connection(options);
      await assert.rejects(connection.login("demo@example.com", "wrong"), { message });
    }
  });

  test("an expired session is renewed in the middle of the work", async () => {
    const connection = await org.connect();
    for (const bulk of ["bulk", "bulk2"]) {
      await org.control("expire", {});
      const stream = await connection[bulk].query(soql);
      assert.deepEqual(await stream.toArray(), await org.rows(soql), bulk);
    }
  });
});
