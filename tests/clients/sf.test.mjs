/** Salesforce's own command line, `@salesforce/cli`, against the org. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { startOrg } from "../support/org.mjs";
import { format, parse } from "./support/csv.mjs";
import { report } from "./support/report.mjs";
import { rowsOf } from "./support/rows.mjs";
import { among, asCsv, full, keys, nameless, select, sparse } from "./support/samples.mjs";
import { signIn, version } from "./support/sf.mjs";

// It looks at a job every five seconds; what is done by the first look costs none.
const config = { queueMs: 0, processingMs: 0, pageSize: 500 };
const server = await startOrg({ contacts: 1_250, args: ["--config", JSON.stringify(config)] });
const { sf, home, user, end } = await signIn(await server.session());

after(async () => {
  end();
  await server.stop();
});

report(
  "@salesforce/cli",
  version,
  "login, export, import, upsert, update, delete and results in bulk; query and record by REST",
);

const rows = (soql) => rowsOf(server, soql);
const stored = (of) => rows(`${select} WHERE ${among(of)} ORDER BY Ext__c`);
const byKey = (list) => list.toSorted((a, b) => a.Ext__c.localeCompare(b.Ext__c));

/** Writes rows into a file of the program's folder. */
function file(name, content) {
  writeFileSync(join(home, name), format(content));
  return ["--file", name, "--wait", "5"];
}

async function imported(content) {
  const name = `${content[0].Ext__c}.csv`;
  const told = await sf("data", "import", "bulk", "--sobject", "Account", ...file(name, content));
  assert.equal(told.exit, 0, JSON.stringify(told));
  return stored(content.map(({ Ext__c }) => Ext__c));
}

const load = (verb, content, ...more) =>
  sf("data", verb, "bulk", "--sobject", "Account", ...more, ...file(`${verb}.csv`, content));

describe("sf", { concurrency: 4 }, () => {
  test("who is signed in", () => {
    assert.equal(user.username, "demo@example.com");
    assert.equal(user.name, "Hinz & Kunz");
    assert.match(user.orgId, /^00D/);
  });

  test("export of many rows in many pages", async () => {
    const soql = "SELECT Id, Name, Description, Birthdate, DoNotCall, Account.Name FROM Contact";
    const export_ = (format, output) =>
      sf(
        ..."data export bulk --wait 5 --result-format".split(" "),
        ...[format, "--query", soql, "--output-file", output],
      );
    const told = await export_("csv", "contacts.csv");
    assert.equal(told.result?.totalSize, 1_250, JSON.stringify(told));
    const flat = ({ Account, ...row }) => asCsv({ ...row, "Account.Name": Account?.Name });
    const expected = (await rows(soql)).map(flat);
    assert.deepEqual(parse(readFileSync(join(home, "contacts.csv"), "utf8")), expected);
    await export_("json", "contacts.json");
    assert.deepEqual(JSON.parse(readFileSync(join(home, "contacts.json"), "utf8")), expected);
  });

  test("import of all kinds of values", async () => {
    const [first, second] = keys(2);
    const sent = [full(first), sparse(second)];
    const found = await imported(sent);
    assert.deepEqual(
      found,
      sent.map((row, at) => ({ Id: found[at].Id, ...row })),
    );
  });

  test("upsert with a bad row, and its results", async () => {
    const [old, bad, fresh] = keys(3);
    await imported([full(old)]);
    const sent = [{ ...full(old), Name: "Renamed" }, nameless(bad), full(fresh)];
    const told = await load("upsert", sent, "--external-id", "Ext__c");
    assert.deepEqual([told.exit, told.name], [1, "FailedRecordDetailsError"]);
    const found = await stored([old, bad, fresh]);
    assert.deepEqual(
      found.map(({ Name, Ext__c }) => [Name, Ext__c]),
      [
        ["Renamed", old],
        [full(fresh).Name, fresh],
      ],
    );
    const { result } = await sf("data", "bulk", "results", "--job-id", told.data.jobId);
    assert.deepEqual([result.successfulRecords, result.failedRecords], [2, 1]);
    const read = (name) => parse(readFileSync(join(home, name), "utf8"));
    assert.deepEqual(
      byKey(read(result.successFilePath)).map(({ sf__Id, sf__Created }) => [sf__Id, sf__Created]),
      [
        [found[0].Id, "false"],
        [found[1].Id, "true"],
      ],
    );
    assert.match(read(result.failedFilePath)[0].sf__Error, /^REQUIRED_FIELD_MISSING:/);
  });

  test("update", async () => {
    const [row] = await imported([full(keys(1)[0])]);
    const told = await load("update", [{ Id: row.Id, Name: "Again", Description: "#N/A" }]);
    assert.equal(told.exit, 0, JSON.stringify(told));
    assert.deepEqual(await stored([row.Ext__c]), [{ ...row, Name: "Again", Description: null }]);
  });

  test("delete", async () => {
    const [first, second] = keys(2);
    const [gone, stays] = await imported([full(first), full(second)]);
    const { result } = await load("delete", [{ Id: gone.Id }]);
    assert.deepEqual(result.records.successfulResults, [
      { sf__Id: gone.Id, sf__Created: "false", Id: gone.Id },
    ]);
    assert.deepEqual(await stored([first, second]), [stays]);
  });

  test("queries and records by REST", async () => {
    const soql = "SELECT Name, (SELECT LastName FROM Contacts ORDER BY Id LIMIT 2) FROM Account";
    const { result } = await sf("data", "query", "--query", `${soql} ORDER BY Id LIMIT 3`);
    assert.deepEqual(
      result.records.map(({ Name }) => Name),
      (await rows("SELECT Name FROM Account ORDER BY Id LIMIT 3")).map(({ Name }) => Name),
    );
    assert.ok(result.records.some(({ Contacts }) => Contacts?.records.length === 2));
    const [key] = keys(1);
    const record = (verb, ...args) => sf("data", verb, "record", "--sobject", "Account", ...args);
    const made = await record("create", "--values", `Name='By hand' Ext__c=${key}`);
    const got = await record("get", "--where", `Ext__c=${key}`);
    assert.deepEqual([got.result.Id, got.result.Name], [made.result.id, "By hand"]);
  });
});
