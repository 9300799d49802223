/** The demo page as its users handle it. */
import { mkdirSync } from "node:fs";
import { root, www } from "../../../scripts/lib/paths.mjs";
import { launch } from "../../support/chromium.mjs";
import { startOrg } from "../../support/org.mjs";

const screenshots = `${root}tests/output`;

/** An org that serves the built page, and a browser: for the tests of one file. */
export async function stage(options = {}) {
  const org = await startOrg({ contacts: 1000, www: `${www}/dist`, ...options });
  const browser = await launch().catch(async (cause) => {
    await org.stop();
    throw cause;
  });
  return {
    org,
    browser,
    open: (settings) => openWorkbench(browser, settings?.url ?? org.url, settings),
    async stop() {
      await browser.close();
      await org.stop();
    },
  };
}

/**
 * Opens the page in a profile of its own.
 *
 * @param {{ picker?: boolean }} settings besides those of the browser's context: `picker` keeps the browser's own
 *   way of saving, which no test could answer
 */
async function openWorkbench(browser, url, { url: _, picker = false, ...settings } = {}) {
  const context = await browser.newContext(settings);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const complaints = listen(page);
  if (!picker) await page.addInitScript(() => delete window.showSaveFilePicker);
  await page.goto(url);
  return { page, context, complaints, ...actions(page) };
}

/** What the page does wrong by itself; requests that fail are the browser's own complaint. */
function listen(page) {
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    const isOwn = !message.text().startsWith("Failed to load resource");
    const isBad = ["error", "warning"].includes(message.type());
    const isCors = message.text().includes("blocked by CORS policy");
    if (isBad && isOwn && !isCors) complaints.push(message.text());
  });
  return complaints;
}

function actions(page) {
  const ended = (panel) =>
    page.waitForFunction((id) => document.querySelector(`#${id}-stop`).disabled, panel);
  return {
    ended,
    phase: (panel) => page.textContent(`#${panel}-status .phase`),
    failure: (panel) => page.textContent(`#${panel}-failure`),
    rows: (region) => readRows(page, region),

    async connectDemo() {
      await page.click("#demo:enabled");
      await page.waitForSelector("#workbench", { state: "visible" });
    },

    async connect(instanceUrl, sessionId) {
      await page.fill("#instance-url", instanceUrl);
      await page.fill("#session-id", sessionId);
      await page.click("#connect-button");
    },

    async query(soql) {
      await page.fill("#soql", soql);
      await page.press("#soql", "Control+Enter");
      await ended("query");
    },

    async choose(name, csv) {
      await page.click("#load-tab");
      await page.setInputFiles("#file", { name, mimeType: "text/csv", buffer: Buffer.from(csv) });
      await page.waitForSelector("#preview table");
    },

    async load(operation = "insert") {
      await page.selectOption("#operation", operation);
      await page.click("#load-run");
      await ended("load");
    },

    async shoot(name) {
      mkdirSync(screenshots, { recursive: true });
      await page.screenshot({ path: `${screenshots}/${name}.png`, fullPage: true });
    },
  };
}

/** The body of a table as objects, each under its column's heading. */
function readRows(page, region) {
  return page.$eval(region, (place) => {
    const [head, ...body] = Array.from(place.querySelectorAll("tr"), (row) => [...row.cells]);
    const names = head?.map((cell) => cell.textContent) ?? [];
    return body.map((cells) =>
      Object.fromEntries(cells.map((cell, i) => [names[i], cell.textContent])),
    );
  });
}
