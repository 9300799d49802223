/** Connecting, failing to, and what is left behind. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { stage } from "./support/workbench.mjs";

let here;
before(async () => {
  here = await stage();
});
after(() => here?.stop());

test("the page lives under a strict policy", async () => {
  const { headers } = await fetch(here.org.url);
  const policy = headers.get("content-security-policy");
  assert.match(policy, /default-src 'self'/);
  assert.doesNotMatch(policy, /'unsafe-(inline|eval)'/);
});

test("one click connects to the demo org and says who and where", async () => {
  const workbench = await here.open();
  await workbench.connectDemo();
  const where = await workbench.page.textContent("#connection-text");
  assert.match(where, /^demo@example\.com at 127\.0\.0\.1:\d+ · API \d+\.0$/);
  assert.deepEqual(workbench.complaints, []);
});

test("an address and a session id connect too", async () => {
  const { instanceUrl, accessToken } = await here.org.session();
  const workbench = await here.open();
  await workbench.connect(instanceUrl, accessToken);
  await workbench.page.waitForSelector("#workbench", { state: "visible" });
  assert.deepEqual(workbench.complaints, []);
});

const refused = {
  "a wrong session id": {
    connect: ({ connect }) => connect(here.org.url, "00D000000000000!WRONG"),
    says: [/The session is not valid/, /INVALID_SESSION_ID/, /connect with a new one/],
  },
  "an address where nothing listens": {
    connect: ({ connect }) => connect("http://127.0.0.1:9", "TOKEN"),
    says: [/No answer from the org/, /Setup → CORS/],
  },
  "an address that is none": {
    connect: ({ connect }) => connect("ht!tp://", "TOKEN"),
    says: [/That did not work/],
  },
};

for (const [name, { connect, says }] of Object.entries(refused)) {
  test(`${name} is told at once, in the form`, async () => {
    const workbench = await here.open();
    await connect(workbench);
    await workbench.page.waitForSelector("#connect-failure h3");
    const failure = await workbench.failure("connect");
    for (const pattern of says) assert.match(failure, pattern);
    assert.equal(await workbench.page.isVisible("#workbench"), false);
    assert.deepEqual(workbench.complaints, []);
  });
}

test("only the SOQL is remembered", async () => {
  const workbench = await here.open();
  const { page, context } = workbench;
  await workbench.connectDemo();
  await page.fill("#soql", "SELECT Id FROM Account");
  const stored = await page.evaluate(() => ({
    session: { ...sessionStorage },
    local: { ...localStorage },
  }));
  assert.deepEqual(stored, { session: { soql: "SELECT Id FROM Account" }, local: {} });
  assert.deepEqual(await context.cookies(), []);
  await page.reload();
  assert.equal(await page.isVisible("#workbench"), false);
  assert.equal(await page.inputValue("#soql"), "SELECT Id FROM Account");
});

test("disconnecting stops what is being done", async () => {
  const workbench = await here.open();
  await workbench.connectDemo();
  await here.org.control("config", { processingMs: 60_000 });
  await workbench.page.click("#query-run");
  await workbench.page.click("#disconnect");
  await here.org.control("config", { processingMs: 200 });
  await workbench.connectDemo();
  await workbench.ended("query");
  assert.equal(await workbench.phase("query"), "Ready");
  assert.equal(await workbench.failure("query"), "");
  assert.deepEqual(workbench.complaints, []);
});

test("disconnecting forgets rows and session", async () => {
  const workbench = await here.open();
  await workbench.connectDemo();
  await workbench.query("SELECT Id FROM Contact LIMIT 3");
  await workbench.page.click("#disconnect");
  assert.equal(await workbench.page.isVisible("#connect"), true);
  assert.equal(await workbench.page.inputValue("#session-id"), "");
  await workbench.connectDemo();
  assert.deepEqual(await workbench.rows("#query-rows"), []);
});
