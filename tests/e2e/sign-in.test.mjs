/** Signing in by SOAP, and the addresses that a session can be given with. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { failure, typeError } from "./support/failure.mjs";
import { QUICK, useOrg } from "./support/org.mjs";
import { Bulk, modules } from "./support/package.mjs";
import { secret } from "./support/secrets.mjs";

const org = useOrg({ contacts: 5, accounts: 1 });
const SOQL = "SELECT Id FROM Contact";
const username = "demo@example.com";

const connect = (options) => Bulk.connect({ username, loginUrl: org.url, ...QUICK, ...options });

for (const [name, options] of Object.entries({
  password: { password: "demo" },
  "password and security token": { password: "demo", securityToken: "TOKEN" },
  "a URL object": { password: "demo", loginUrl: true },
})) {
  test(`signs in with ${name}`, async () => {
    const given = options.loginUrl ? { ...options, loginUrl: new URL(org.url) } : options;
    const bulk = await connect(given);
    const { session } = bulk;
    assert.equal(session.instanceUrl, org.url);
    assert.equal(session.apiVersion, "66.0");
    assert.match(session.userId, /^005\w{15}$/);
    assert.match(session.organizationId, /^00D\w{15}$/);
    assert.equal((await bulk.query(SOQL).toArray()).length, 5);
  });
}

test("a session can be given on", async () => {
  const { session } = await connect({ password: "demo" });
  const bulk = new Bulk({ ...session, ...QUICK });
  assert.equal((await bulk.query(SOQL).toArray()).length, 5);
  assert.equal(bulk.session.accessToken, session.accessToken);
});

test("the login call is pinned to the last version that has it", async () => {
  await connect({ password: "demo", apiVersion: "67.0" });
  assert.equal(await org.count("POST", /\/services\/Soap\/u\/64\.0/), 1);
});

const refusals = {
  "a wrong password": [{ password: secret("wr<&>ong") }, "INVALID_LOGIN"],
  "an unknown user": [{ username: "x@example.com", password: secret("demo-x") }, "INVALID_LOGIN"],
  "another organization": [
    { password: "demo", organizationId: "00D000000000099AAA" },
    "INVALID_LOGIN",
  ],
};

for (const [name, [options, errorCode]] of Object.entries(refusals)) {
  test(`${name} is refused`, async () => {
    const error = await failure(connect(options), { code: "login", errorCode, retryable: false });
    assert.ok(error instanceof modules.BulkSessionError);
    assert.equal(await org.count("POST", /Soap/), 1, "a wrong password must not be tried again");
  });
}

test("faults without a prefix are the same", async () => {
  await org.configure({ soapFaultPrefix: false });
  const wrong = connect({ password: secret("wrong-one") });
  await failure(wrong, { code: "login", errorCode: "INVALID_LOGIN" });
});

test("an org without login() says so", async () => {
  await org.configure({ soapLogin: false });
  await failure(connect({ password: "demo" }), { code: "login", errorCode: "INVALID_OPERATION" });
});

test("the answer of something else than Salesforce", async () => {
  const effect = { kind: "status", status: 200, body: "<html>Welcome</html>" };
  await org.fault({ path: "Soap", effect });
  await failure(connect({ password: "demo" }), { code: "response", message: /HTTP 200/ });
});

for (const [name, instanceUrl] of Object.entries({
  text: () => org.url,
  "text with a path": () => `${org.url}/lightning/page/home`,
  "a URL object": () => new URL(org.url),
})) {
  test(`instanceUrl as ${name}`, async () => {
    const { accessToken } = await org.session();
    const bulk = new Bulk({ instanceUrl: instanceUrl(), accessToken, ...QUICK });
    assert.equal(bulk.session.instanceUrl, org.url);
    assert.equal((await bulk.query(SOQL).toArray()).length, 5);
  });
}

test("instanceUrl as the bare host means https", async () => {
  const asked = [];
  const fetchOne = async (url) => {
    asked.push(url);
    return Response.json({ records: [], done: true });
  };
  const accessToken = secret("bare-token");
  const bulk = new Bulk({ instanceUrl: "acme.my.salesforce.com", accessToken, fetch: fetchOne });
  assert.equal(bulk.session.instanceUrl, "https://acme.my.salesforce.com");
  await bulk.v2.jobs({ kind: "query" }).next();
  assert.match(
    asked[0],
    /^https:\/\/acme\.my\.salesforce\.com\/services\/data\/v66\.0\/jobs\/query/,
  );
});

test("sessionId is the same as accessToken", async () => {
  const { accessToken } = await org.session();
  const bulk = new Bulk({ instanceUrl: org.url, sessionId: accessToken, ...QUICK });
  assert.equal((await bulk.query(SOQL).toArray()).length, 5);
  assert.equal(bulk.session.accessToken, accessToken);
});

const accessToken = secret("some-access-token");
const wrong = [
  ["nothing", undefined, /options must be/],
  ["no address", { accessToken }, /instanceUrl must be/],
  ["an address that is none", { accessToken, instanceUrl: "not an address" }, /instanceUrl/],
  ["another protocol", { accessToken, instanceUrl: "ftp://acme" }, /instanceUrl/],
  ["no token", { instanceUrl: "acme" }, /accessToken \(or sessionId\)/],
  ["two tokens", { instanceUrl: "acme", accessToken, sessionId: "other" }, /the same thing/],
  ["a token with a line break", { instanceUrl: "acme", accessToken: "a\nb" }, /accessToken/],
  ["a version that is none", { instanceUrl: "acme", accessToken, apiVersion: "new" }, /apiVersion/],
  ["fetch that is none", { instanceUrl: "acme", accessToken, fetch: "fetch" }, /fetch must be/],
  ["no tries", { instanceUrl: "acme", accessToken, retry: { attempts: 0 } }, /retry\.attempts/],
  [
    "a poll upside down",
    { instanceUrl: "acme", accessToken, poll: { first: 9, max: 1 } },
    /poll\.max/,
  ],
];

for (const [name, options, message] of wrong) {
  test(`wrong arguments of Bulk: ${name}`, () => typeError(() => new Bulk(options), message));
}

test("wrong arguments of connect", async () => {
  await typeError(() => Bulk.connect({ password: "demo" }), /username/);
  await typeError(() => Bulk.connect({ username }), /password/);
  await typeError(() => connect({ password: "demo", organizationId: "x" }), /organizationId/);
});
