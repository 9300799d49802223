/** Options: what is taken, and the TypeErrors that name what is not. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as check from "../../pkg-template/options/checks.ts";
import * as client from "../../pkg-template/options/client.ts";
import * as csv from "../../pkg-template/options/csv.ts";
import * as jobs from "../../pkg-template/options/jobs.ts";
import { nearest } from "../../pkg-template/options/names.ts";
import * as v1 from "../../pkg-template/options/v1.ts";
import * as v2 from "../../pkg-template/options/v2.ts";

const options = { ...client, ...csv, ...jobs, ...v1, ...v2 };

const ID = "750R0000000zlh9IAA";

test("addresses become origins", () => {
  const given = [
    ["https://acme.my.salesforce.com", "https://acme.my.salesforce.com"],
    ["https://acme.my.salesforce.com/", "https://acme.my.salesforce.com"],
    ["acme.my.salesforce.com", "https://acme.my.salesforce.com"],
    ["acme.my.salesforce.com:8443/x", "https://acme.my.salesforce.com:8443"],
    [new URL("https://acme.my.salesforce.com/a?b"), "https://acme.my.salesforce.com"],
    ["http://127.0.0.1:8080", "http://127.0.0.1:8080"],
  ];
  for (const [value, expected] of given) assert.equal(check.origin(value, "instanceUrl"), expected);
  for (const value of ["", "ftp://x", "https://", 1, undefined, {}]) {
    assert.throws(() => check.origin(value, "instanceUrl"), {
      name: "TypeError",
      message: /^instanceUrl/,
    });
  }
});

test("API versions", () => {
  for (const [given, expected] of [
    [undefined, "66.0"],
    [66, "66.0"],
    ["64.0", "64.0"],
    ["v60", "60.0"],
  ]) {
    assert.equal(options.common({ apiVersion: given }).apiVersion, expected);
  }
  for (const given of ["latest", 6.5, "66.5", "", null]) {
    assert.throws(() => options.common({ apiVersion: given }), { message: /^apiVersion/ });
  }
});

test("polling: one that is given alone draws the other with it", () => {
  const given = [
    [undefined, { first: 1000, max: 20_000 }],
    [{ first: 30_000 }, { first: 30_000, max: 30_000 }],
    [{ max: 50 }, { first: 50, max: 50 }],
    [
      { first: 5, max: 10 },
      { first: 5, max: 10 },
    ],
  ];
  for (const [poll, expected] of given) assert.deepEqual(options.common({ poll }).poll, expected);
  assert.throws(() => options.common({ poll: { first: 2, max: 1 } }), { message: /^poll\.max/ });
});

const session = { instanceUrl: "a.my.salesforce.com", accessToken: "T" };
const job = { object: "Account", operation: "insert" };

/** What is called, with what, and how the message begins. */
const wrong = [
  [options.common, null, "options"],
  [options.common, { fetch: "x" }, "fetch"],
  [options.common, { retry: { attempts: 0 } }, "retry.attempts"],
  [options.common, { retry: { maxDelay: -1 } }, "retry.maxDelay"],
  [options.common, { clientName: "a\nb" }, "clientName"],
  [options.session, { instanceUrl: "x.com" }, "accessToken"],
  [options.session, { ...session, accessToken: "a b" }, "accessToken"],
  [options.session, { ...session, sessionId: "other" }, "accessToken and sessionId"],
  [options.session, { ...session, refresh: 1 }, "refresh"],
  [options.login, { username: "u" }, "password"],
  [options.login, { username: "u", password: "p", loginUrl: "ftp://x" }, "loginUrl"],
  [options.call, { signal: {} }, "signal"],
  [options.call, 5, "options"],
  [options.read, { empty: "x" }, "empty"],
  [options.wait, { timeout: "1" }, "timeout"],
  [options.wait, { poll: { first: Number.NaN } }, "poll.first"],
  [options.write, { columns: [] }, "columns"],
  [options.write, { columns: ["a", "a"] }, "columns"],
  [options.write, { columns: ["a", 1] }, "columns[1]"],
  [options.write, { emptyString: "x" }, "emptyString"],
  [options.write, { strict: 1 }, "strict"],
  [options.query, { maxRecords: 0 }, "maxRecords"],
  [options.query, { columnDelimiter: ";" }, "columnDelimiter"],
  [options.query, { onProgress: 1 }, "onProgress"],
  [options.query, { onAbort: "x" }, "onAbort"],
  [options.query, { api: "1.0" }, "api"],
  [options.query, { api: "3.0" }, "api"],
  [options.query, { pkChunking: true }, "pkChunking"],
  [options.query, { object: "Account" }, "object"],
  [options.load, { concurrencyMode: "Serial" }, "concurrencyMode"],
  [options.load, { contentType: "JSON" }, "contentType"],
  [options.load, { assignmentRuleId: "x" }, "assignmentRuleId"],
  [options.page, { locator: "" }, "locator"],
  [options.v1Job, { ...job, object: "a/b" }, "object"],
  [options.v1Job, { ...job, operation: "merge" }, "operation"],
  [options.v1Job, { ...job, operation: "upsert" }, "externalIdFieldName"],
  [options.v1Job, { ...job, externalIdFieldName: "E__c" }, "externalIdFieldName"],
  [options.v1Job, { ...job, contentType: "PDF" }, "contentType"],
  [options.v1Job, { ...job, pkChunking: 250_001 }, "pkChunking"],
  [options.v1Job, { ...job, pkChunking: "a\nb" }, "pkChunking"],
  [options.v1Job, { ...job, pkChunking: { chunkSize: 0 } }, "pkChunking.chunkSize"],
  [options.ingestJob, { ...job, operation: "query" }, "operation"],
  [options.queryJob, { query: " " }, "query"],
  [options.list, { kind: "x" }, "kind"],
];

test("what is wrong is named", () => {
  for (const [checked, given, name] of wrong) {
    assert.throws(
      () => checked(given),
      (error) => error instanceof TypeError && error.message.startsWith(name),
      `${checked.name}: ${name}`,
    );
  }
});

const split = { maxRows: 1 };

/** Names that are none, or are other ones' names, and how the message goes on. */
const misnamed = [
  [options.session, { ...session, onprogress() {} }, "onprogress is no option here: there are"],
  [
    options.session,
    { ...session, Timeouts: {} },
    "Timeouts is no option here: did you mean timeouts?",
  ],
  [options.session, { ...session, signal: new AbortController().signal }, "signal is no option"],
  [options.login, { username: "u", signal: {} }, "signal belongs into the second argument"],
  [options.login, { username: "u", timeout: 1 }, "timeout belongs into the second argument"],
  [options.login, { username: "u", refresh() {} }, "refresh is no option here"],
  [options.common, { retry: { attempt: 1 } }, "attempt is no option here: did you mean attempts?"],
  [options.common, { timeouts: { header: 1 } }, "header is no option here: did you mean head?"],
  [options.common, { poll: { last: 1 } }, "last is no option here"],
  [options.call, { Signal: {} }, "Signal is no option here: did you mean signal?"],
  [options.read, { emtpy: "" }, "emtpy is no option here: did you mean empty?"],
  [options.wait, { pol: {} }, "pol is no option here: did you mean poll?"],
  [options.readAndWait, { onProgress() {} }, "onProgress is no option here"],
  [options.write, { column: ["a"] }, "column is no option here: did you mean columns?"],
  [options.query, { onprogress() {} }, "onprogress is no option here: did you mean onProgress?"],
  [options.load, { maxRecords: 1 }, "maxRecords is no option here"],
  [options.load, { toString: 1 }, "toString is no option here"],
  [options.page, { locater: "x" }, "locater is no option here: did you mean locator?"],
  [options.v1Job, { ...job, pkchunking: true }, "pkchunking is no option here: did you mean pkCh"],
  [options.v1Job, { ...job, pkChunking: { size: 1 } }, "size is no option here"],
  [options.ingestJob, { ...job, contentType: "CSV" }, "contentType is no option here"],
  [options.queryJob, { query: "q", soql: "q" }, "soql is no option here"],
  [options.list, { kind: "query", state: "x" }, "state is no option here"],
  [options.parseCsv, { delimeter: ";" }, "delimeter is no option here: did you mean delimiter?"],
  [options.parseCsv, { constructor: 1 }, "constructor is no option here"],
  [options.formatCsv, { lineending: "LF" }, "lineending is no option here: did you mean lineE"],
  [options.splitCsv, { ...split, maxRow: 1 }, "maxRow is no option here: did you mean maxRows?"],
];

test("a name that is no option is told, with the nearest that is", () => {
  for (const [checked, given, text] of misnamed) {
    assert.throws(
      () => checked(given),
      (error) => error instanceof TypeError && error.message.startsWith(text),
      `${checked.name}: ${text}`,
    );
  }
});

test("nothing that every object has is a name or a value", () => {
  for (const name of ["constructor", "toString", "__proto__", "hasOwnProperty", "valueOf"]) {
    assert.throws(() => options.parseCsv({ delimiter: name }), { message: /^delimiter must be/ });
    assert.throws(() => options.formatCsv({ delimiter: name }), { message: /^delimiter must be/ });
    assert.throws(() => options.call(JSON.parse(`{"${name}":1}`)), { message: /is no option/ });
  }
});

test("what is undefined is not there, whatever its name", () => {
  assert.deepEqual(options.call({ other: undefined }), { signal: undefined, timeout: undefined });
});

test("null is no signal and no timeout, as the platform has it", () => {
  const none = { signal: null, timeout: null };
  assert.deepEqual(options.call(none), { signal: undefined, timeout: undefined });
  assert.equal(options.wait(none).timeout, options.wait().timeout);
});

test("the nearest name: letters that differ, are missing or too many, but not another word", () => {
  const names = ["onProgress", "columns", "strict"];
  for (const [key, found] of [
    ["onprogress", "onProgress"],
    ["colums", "columns"],
    ["sstrict", "strict"],
    ["rows", undefined],
    ["", undefined],
    ["x".repeat(10_000), undefined],
  ]) {
    assert.equal(nearest(key, names), found);
  }
});

test("messages are sentences", () => {
  for (const [value, message] of [
    ["", "soql must not be empty"],
    [" \n", "soql must not be empty"],
    [5, "soql must be a text, not 5"],
    [undefined, "soql must be a text, not undefined"],
  ]) {
    assert.throws(() => check.text(value, "soql"), { message });
  }
  const message =
    "id must be a Salesforce id of 15 or 18 letters and digits; the text that was given is not";
  assert.throws(() => check.id("x", "id"), { message });
});

test("a session is given as it is told", () => {
  const told = { ...session, apiVersion: "66.0", userId: "005", organizationId: "00D" };
  assert.equal(options.session(told).token, "T");
});

test("a 1.0 option on a whole job points to bulk.v1", () => {
  for (const given of [{ api: "1.0" }, { pkChunking: true }, { concurrencyMode: "Serial" }]) {
    assert.throws(() => options.query(given), { message: /bulk\.v1/ });
    assert.throws(() => options.load(given), { message: /bulk\.v1/ });
  }
});

test("what is left out does not come", () => {
  assert.deepEqual(options.v1Job({ ...job, lineEnding: undefined }), {
    ...job,
    contentType: "CSV",
  });
  assert.deepEqual(options.list({ kind: "query" }), { kind: "query" });
});

test("ids cannot change an address", () => {
  assert.equal(check.id(ID, "id"), ID);
  for (const value of ["", "../x", `${ID}/x`, "750R0000000zlh", 1]) {
    assert.throws(() => check.id(value, "id"), TypeError);
  }
});

test("no message shows what was given as a secret", () => {
  assert.throws(
    () => options.session({ ...session, accessToken: "SECRET TOKEN" }),
    (error) => !error.message.includes("SECRET"),
  );
});

test("pauses reach Rust as whole numbers of ms that timers take", () => {
  const longest = 2 ** 31 - 1;
  const { poll } = options.wait({ poll: { first: 0.2, max: Number.POSITIVE_INFINITY } });
  assert.deepEqual(poll, { first: 1, max: longest });
  const { retry } = options.common({ retry: { maxDelay: 1e12 }, poll: { first: 1.5, max: 2 } });
  assert.deepEqual(retry, { attempts: 5, maxDelay: longest, maxTime: 600_000 });
  assert.deepEqual(options.common({ retry: { maxDelay: 0 } }).retry.maxDelay, 0);
});
