/** Every job in a fresh page of Chromium, then of Firefox. */
import { tableText, targetsText } from "../../bench/report.mjs";
import { openChromium } from "./chromium.mjs";
import { openFirefox } from "./firefox.mjs";
import { machine } from "./machine.mjs";
import { serve } from "./server.mjs";

/** There is no wasm variant for JSON in the page. */
const portable = ({ suite }) => suite !== "json";

const note = `The page has no content security policy: under a strict one uDSV cannot run, which makes functions of texts.
csv-parse and csv-stringify are their builds for browsers; fast-csv has none.`;

export async function benchBrowsers({ jobs, markdown, ...options }) {
  const server = await serve();
  try {
    console.log(`\n${machine()}\n${note}\n`);
    for (const open of [openChromium, openFirefox]) {
      await inBrowser(open, server, jobs.filter(portable), options, markdown);
    }
  } finally {
    server.close();
  }
}

async function inBrowser(open, server, jobs, options, markdown) {
  const browser = await open();
  try {
    console.log(`━━━ ${browser.name}\n`);
    const tables = [];
    for (const job of jobs) {
      const table = await server.tableOf({ ...job, ...options }, browser.visit);
      console.log(tableText(table, markdown));
      tables.push(table);
    }
    console.log(targetsText(tables));
  } finally {
    await browser.close();
  }
}
