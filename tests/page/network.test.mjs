/** The org goes away, or does not let the page in. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { servePreview } from "./support/elsewhere.mjs";
import { stage } from "./support/workbench.mjs";

let elsewhere;
before(async () => {
  elsewhere = await servePreview();
});
after(() => elsewhere?.close());

async function staged(t, options) {
  const here = await stage(options);
  t.after(() => here.stop());
  return here;
}

test("an org that goes away in the middle is waited for, and one can stop", async (t) => {
  const here = await staged(t);
  const workbench = await here.open();
  await workbench.connectDemo();
  await here.org.control("config", { processingMs: 60_000 });
  await workbench.page.click("#query-run");
  await workbench.page.waitForFunction(() =>
    document.querySelector("#query-status .phase").textContent.includes("working"),
  );
  await here.org.stop();
  await workbench.page.waitForFunction(() =>
    document.querySelector("#query-status .phase").textContent.includes("No answer came"),
  );
  await workbench.page.click("#query-stop");
  await workbench.ended("query");
  assert.equal(await workbench.phase("query"), "Stopped");
  assert.equal(await workbench.page.isEnabled("#query-run"), true);
  assert.deepEqual(workbench.complaints, []);
});

test("a page of an origin that is allowlisted works", async (t) => {
  const here = await staged(t, { cors: elsewhere.url });
  const { accessToken } = await here.org.session();
  const workbench = await here.open({ url: elsewhere.url });
  await workbench.page.waitForFunction(() =>
    document.querySelector("#demo-note").textContent.startsWith("Only where"),
  );
  assert.equal(await workbench.page.isEnabled("#demo"), false);
  await workbench.connect(here.org.url, accessToken);
  await workbench.page.waitForSelector("#workbench", { state: "visible" });
  await workbench.query("SELECT Id FROM Contact");
  assert.equal(await workbench.phase("query"), "1,000 rows read");
  await workbench.choose("one.csv", "LastName\nAcross\n");
  await workbench.load();
  assert.match(await workbench.phase("load"), /^1 row succeeded/);
  assert.deepEqual(workbench.complaints, []);
});

test("a page of any other origin is told what its admin has to do", async (t) => {
  const here = await staged(t, { cors: "https://other.example" });
  const { accessToken } = await here.org.session();
  const workbench = await here.open({ url: elsewhere.url });
  await workbench.connect(here.org.url, accessToken);
  await workbench.page.waitForSelector("#connect-failure h3");
  const failure = await workbench.failure("connect");
  assert.match(failure, /No answer from the org/);
  assert.match(failure, /Setup → CORS/);
  assert.ok(failure.includes(elsewhere.url), failure);
});
