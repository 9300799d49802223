/** What the page looks like, and whether it can be used without a mouse and without good eyes. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { faint } from "./support/contrast.mjs";
import { stage } from "./support/workbench.mjs";

let here;
before(async () => {
  here = await stage();
});
after(() => here?.stop());

const people = "FirstName,LastName\nAda,Lovelace\nNobody,\nGrace,Hopper\n";

const views = {
  light: { viewport: { width: 1280, height: 900 } },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
  small: { viewport: { width: 360, height: 760 }, hasTouch: true },
  "small-dark": { viewport: { width: 360, height: 760 }, colorScheme: "dark" },
};

/** Takes the page through its states, and looks at each. */
async function visit(workbench, look) {
  const { page } = workbench;
  await page.waitForSelector("#demo:enabled");
  await workbench.connect(here.org.url, "WRONG");
  await page.waitForSelector("#connect-failure h3");
  await look("connect");
  await workbench.connectDemo();
  await look("ready");
  await workbench.query("SELECT Id, FirstName, LastName, Email, Phone, Account.Name FROM Contact");
  await look("query");
  await workbench.query("SELECT Nope__c FROM Contact");
  await look("query-failure");
  await workbench.choose("people.csv", people);
  await look("load-ready");
  await workbench.load();
  await look("load");
  await page.selectOption("#operation", "hardDelete");
  await page.click("#load-run");
  await look("hard-delete");
}

for (const [name, settings] of Object.entries(views)) {
  test(`${name}: nothing is too faint to read or too wide to see`, async () => {
    const workbench = await here.open(settings);
    await visit(workbench, async (state) => {
      await workbench.shoot(`${name}-${state}`);
      assert.deepEqual(await faint(workbench.page), [], state);
      const beyond = () => document.documentElement.scrollWidth - window.innerWidth;
      assert.ok((await workbench.page.evaluate(beyond)) <= 0, `${state} scrolls sideways`);
    });
    assert.deepEqual(workbench.complaints, []);
  });
}

test("the keyboard alone is enough", async () => {
  const workbench = await here.open();
  const { page } = workbench;
  const focused = () => page.evaluate(() => document.activeElement.id);
  await page.waitForSelector("#demo:enabled");
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "demo");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#workbench", { state: "visible" });
  assert.equal(await focused(), "soql");
  await page.keyboard.press("Control+Enter");
  await workbench.ended("query");
  assert.match(await workbench.phase("query"), /rows read/);
  await page.keyboard.press("Shift+Tab");
  assert.equal(await focused(), "query-tab");
  await page.keyboard.press("ArrowRight");
  assert.equal(await focused(), "load-tab");
  assert.equal(await page.isVisible("#load"), true);
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "file");
});

test("what has the focus shows it", async () => {
  const workbench = await here.open();
  const { page } = workbench;
  await workbench.connectDemo();
  await page.click("#load-tab");
  const seen = [];
  for (;;) {
    await page.keyboard.press("Tab");
    const { name, outline } = await page.evaluate(ring);
    if (name === "BODY") break;
    seen.push(name);
    assert.equal(outline, "solid", `${name} has no ring`);
  }
  assert.deepEqual(seen, ["file", "object", "operation", "load-run", "outcomes"]);
});

/** In the page: what has the focus, and the outline of what shows it. */
function ring() {
  const { activeElement } = document;
  const shown = activeElement.type === "file" ? activeElement.parentElement : activeElement;
  const name = activeElement.id || activeElement.tagName;
  return { name, outline: getComputedStyle(shown).outlineStyle };
}

test("work in progress does not move the page about", async () => {
  const workbench = await here.open();
  const { page } = workbench;
  await workbench.connectDemo();
  const place = () =>
    page.$eval("#query-rows", (region) => {
      const { top, left, width, height } = region.getBoundingClientRect();
      return { top, left, width, height };
    });
  const before = await place();
  await page.click("#query-run");
  assert.deepEqual(await place(), before);
  await workbench.ended("query");
  assert.deepEqual(await place(), before);
});
