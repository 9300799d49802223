/** A real browser and a server that misbehaves: everything ends, and nothing goes elsewhere. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { launch, titleOf } from "../support/chromium.mjs";
import { installPacked } from "../support/pack.mjs";
import { page } from "./support/probe.mjs";
import { serve } from "./support/serve.mjs";

const JOB = "75000000000000";
const INFO = JSON.stringify({ id: `${JOB}5AAA`, state: "JobComplete", operation: "query" });

/** What the server does when it is asked for the job of this number, and what the page must be told. */
const behaviours = [
  ["redirect", (_, answer) => answer.writeHead(307, { location: elsewhere.url }).end()],
  ["silent head", () => {}],
  ["silent body", (_, answer) => answer.writeHead(200, { "content-length": "99" }).write("{")],
  ["cut", (request, answer) => cut(request, answer)],
  ["page", (_, answer) => answer.writeHead(200, { "content-type": "text/html" }).end("<p>no</p>")],
  ["whole", (_, answer) => answer.writeHead(200).end(INFO)],
];

function cut(request, answer) {
  answer.writeHead(200, { "content-length": "99" }).write("{");
  setTimeout(() => request.socket.destroy(), 20);
}

const expected = {
  redirect: ["response", false, /redirected the request elsewhere/],
  "silent head": ["network", true, /within 150 ms/],
  "silent body": ["network", true, /within 100 ms/],
  cut: ["network", true, /broke off/],
  page: ["response", true, /./],
  timeout: ["timeout", true, /not done after 50 ms/],
};

const script = `
import { Bulk } from "./node_modules/salesforce-bulk/index.js";
const options = { timeouts: { head: 150, idle: 100 }, retry: { attempts: 2, maxDelay: 5 } };
const bulk = new Bulk({ instanceUrl: location.origin, accessToken: "token", ...options });
const told = ({ code, retryable, message }) => [code, retryable, message];
const asked = (number, call) => bulk.v2.queryJob("${JOB}" + number + "AAA").status(call).catch(told);
const all = {};
for (const [at, name] of ${JSON.stringify(behaviours.map(([name]) => name))}.entries())
  all[name] = await asked(at);
all.timeout = await asked(1, { timeout: 50 });
document.title = JSON.stringify(all);
`;

const elsewhere = { seen: 0 };
let project;
let browser;
let site;
before(async () => {
  const other = createServer((_, answer) => {
    elsewhere.seen += 1;
    answer.end(INFO);
  });
  await new Promise((resolve) => other.listen(0, "127.0.0.1", resolve));
  elsewhere.url = `http://127.0.0.1:${other.address().port}/`;
  elsewhere.close = () => other.close();
  const files = { "trouble.html": page("./trouble.js"), "trouble.js": script };
  [project, browser] = await Promise.all([installPacked(files), launch()]);
  site = await serve(project.dir, misbehave);
});
after(async () => {
  await browser.close();
  await site.close();
  elsewhere.close();
  await project.remove();
});

/** Whether it has taken the request. */
function misbehave(request, answer) {
  const number = /\/jobs\/query\/75000000000000(\d)AAA$/.exec(request.url)?.[1];
  if (number === undefined) return false;
  behaviours[number][1](request, answer);
  return true;
}

test("a page is told of every trouble, and of none too late", async () => {
  const all = await titleOf(browser, `${site.url}/trouble.html`);
  assert.equal(all.whole.state, "JobComplete");
  for (const [name, [code, retryable, message]] of Object.entries(expected)) {
    assert.deepEqual(all[name].slice(0, 2), [code, retryable], `${name}: ${all[name]}`);
    assert.match(all[name][2], message);
  }
  assert.equal(elsewhere.seen, 0, "nothing went to where the redirect pointed");
});
