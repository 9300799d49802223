/** Every example of the README does what it says: run as it stands, in a project with the packed package. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { after, before, beforeEach, test } from "node:test";
import { root } from "../../scripts/lib/paths.mjs";
import { run } from "../../scripts/lib/run.mjs";
import { startOrg } from "../support/org.mjs";
import { installPacked } from "../support/pack.mjs";
import { complaints } from "../support/typescript.mjs";

/** What the README leaves to its reader, who knows it. */
const given = {
  instanceUrl: "process.env.ORG",
  accessToken: "process.env.TOKEN",
  loginUrl: "process.env.ORG",
  username: '"demo@example.com"',
  password: '"demo"',
  securityToken: '"TOKEN"',
};

/** The client of the first example, in a hurry. */
const client = `
import { Bulk } from "salesforce-bulk";
const bulk = new Bulk({ instanceUrl, accessToken, poll: { first: 20, max: 100 } });`;

const examples = examplesOf(readFileSync(`${root}README.md`, "utf8"));

let org;
let project;
before(async () => {
  const slow = JSON.stringify({ processingMs: 100 });
  org = await startOrg({ contacts: 20, args: ["--accounts", "5", "--config", slow] });
  project = await installPacked(
    Object.fromEntries(examples.map(({ file, program }) => [file, program])),
  );
});
beforeEach(begin);
after(async () => {
  await org?.stop();
  await project?.remove();
});

test("there are examples", () => {
  assert.ok(examples.length >= 15, `only ${examples.length}`);
});

for (const { file, title, code, said } of examples) {
  test(`${file}: ${title}`, async () => {
    const { instanceUrl: ORG, accessToken: TOKEN } = await org.session();
    const options = { cwd: project.dir, quiet: true, env: { ORG, TOKEN } };
    const printed = await run(process.execPath, [file], options);
    if (said.length > 0) assert.deepEqual(printed.trim().split("\n"), said);
    else assert.equal(printed.trim() !== "", code.includes("console.log("), printed);
  });
}

test("the examples fit the types", async () => {
  await writeFile(project.path("given.d.ts"), declarations);
  const paths = ["given.d.ts", ...examples.map(({ file }) => file)].map(project.path);
  const node = { typeRoots: [`${root}node_modules/@types`], types: ["node"] };
  assert.deepEqual(
    complaints(paths, { allowJs: true, checkJs: true, noImplicitAny: false, ...node }),
    [],
  );
});

/** Seeded rows, and a job that somebody has left open. */
async function begin() {
  await org.control("reset", {});
  const { instanceUrl, accessToken } = await org.session();
  const response = await fetch(`${instanceUrl}/services/data/v66.0/jobs/ingest`, {
    method: "POST",
    headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
    body: JSON.stringify({ object: "Account", operation: "insert" }),
  });
  assert.equal(response.status, 200, await response.text());
}

/** Without these, a variable of the environment could be undefined. */
const declarations = `
declare namespace NodeJS { interface ProcessEnv { ORG: string; TOKEN: string } }`;

/** The code fences of JavaScript, each with its heading, its program, and what it says that it prints. */
function examplesOf(text) {
  const fences = [...text.matchAll(/^```js\n(.*?)^```$/gms)];
  return fences.map(({ 1: code, index }, at) => ({
    file: `example-${String(at + 1).padStart(2, "0")}.mjs`,
    title: /^#+ (.*)$/gm.exec(text.slice(text.lastIndexOf("\n#", index)))[1],
    code,
    program: programOf(code),
    said: [...code.matchAll(/\/\/ → (.*)$/gm)].flatMap(([, lines]) => lines.split(" → ")),
  }));
}

/** The example, after what it takes for granted. Imports may stand anywhere in a module. */
function programOf(code) {
  const whole = /\bconst bulk =/.test(code) ? code : `${client}\n${code}`;
  const needed = Object.entries(given).filter(([name]) => new RegExp(`\\b${name}\\b`).test(whole));
  return needed.map(([name, value]) => `const ${name} = ${value};\n`).join("") + whole;
}
