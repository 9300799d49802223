/** The codec in a page and a worker, under a policy that forbids making code of text; and that none of it wants to. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { after, before, test } from "node:test";
import { launch, titleOf } from "../support/chromium.mjs";
import { installPacked } from "../support/pack.mjs";
import { page, pageScript } from "./support/probe.mjs";
import { serve } from "./support/serve.mjs";

const CSV = 'Id,Name,Account.Name\n1,"Žofie ""🚀""",Acme\n2,,"two\nlines"\n';

/** Reads, writes and splits a File, as a page would that a user has given one. */
const probe = `
import { formatCsv, parseCsv, splitCsv } from "./node_modules/salesforce-bulk/index.js";

export async function probe() {
  const file = new File([${JSON.stringify(CSV)}], "contacts.csv", { type: "text/csv" });
  const lazy = await parseCsv(file).lazy().toArray();
  const records = parseCsv(file, { nested: true });
  const columns = await records.columns();
  const parts = [];
  for await (const part of splitCsv(file, { maxRows: 1 })) parts.push(part);
  return {
    objects: await parseCsv(file).toArray(),
    arrays: await parseCsv(file.stream()).arrays().toArray(),
    columns,
    lazy: lazy.map((row) => row.Name),
    plain: lazy.map((row) => row.toObject()),
    written: await new Response(formatCsv(records, { columns }).bytes()).text(),
    blobs: parts.every((part) => part instanceof Blob),
    parts: await Promise.all(parts.map((part) => part.text())),
  };
}`;

const objects = [
  { Id: "1", Name: 'Žofie "🚀"', "Account.Name": "Acme" },
  { Id: "2", Name: null, "Account.Name": "two\nlines" },
];

const expected = {
  objects,
  arrays: objects.map(Object.values),
  columns: Object.keys(objects[0]),
  lazy: objects.map(({ Name }) => Name),
  plain: objects,
  written: CSV,
  blobs: true,
  parts: [
    'Id,Name,Account.Name\n1,"Žofie ""🚀""",Acme\n',
    'Id,Name,Account.Name\n2,,"two\nlines"\n',
  ],
};

const files = {
  "probe.js": probe,
  "main.js": pageScript,
  "page.html": page("./main.js"),
  "worker.js": `
    import { probe } from "./probe.js";
    probe().then(postMessage, (error) => postMessage(String(error?.stack ?? error)));`,
  "start-worker.js": `
    const worker = new Worker("./worker.js", { type: "module" });
    worker.onmessage = ({ data }) => { document.title = JSON.stringify(data); };
    worker.onerror = ({ message }) => { document.title = "worker: " + message; };`,
  "worker.html": page("./start-worker.js"),
};

let project;
let browser;
let site;
before(async () => {
  [project, browser] = await Promise.all([installPacked(files), launch()]);
  site = await serve(project.dir);
});
after(async () => {
  await browser?.close();
  await site?.close();
  await project?.remove();
});

for (const file of ["page.html", "worker.html"]) {
  test(file, async () => {
    assert.deepEqual(await titleOf(browser, `${site.url}/${file}`), expected);
  });
}

test("no file of the package makes code of text", () => {
  const folder = project.path("node_modules/salesforce-bulk");
  const scripts = readdirSync(folder, { recursive: true }).filter((name) =>
    /\.[cm]?js$/.test(name),
  );
  assert.ok(scripts.length >= 6, `only ${scripts}`);
  for (const name of scripts) {
    const path = `${folder}/${name}`;
    if (statSync(path).isFile()) assert.doesNotMatch(readFileSync(path, "utf8"), MAKES_CODE, name);
  }
});

const MAKES_CODE = /\beval\s*\(|\bnew\s+Function\b|\bFunction\s*\(\s*["'`]/;
