/** What a logger is told of requests. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { client, script } from "./support/package.mjs";

const JOB = "750R0000000zlh9IAA";
const URL_SENT = "https://acme.my.salesforce.com/services/data/v66.0/jobs/query?locator=SECRET#x";
const pause = (ms = 5) => new Promise((resolve) => setTimeout(resolve, ms));

/** Sends so many requests, one after another, by an operation. */
function sending(times, more = {}, settle = true) {
  script({
    async v1Job() {
      for (let at = 0; at < times; at++) {
        const exchange = this.flight.send("GET", URL_SENT, "Authorization: Bearer SECRET-TOKEN\n");
        if (settle) await exchange.head().catch(() => {});
        exchange.close();
      }
      await pause();
      return {};
    },
  });
  return client(more).v1.job(JOB).status();
}

test("each answer: where, how, how long, which try", async () => {
  const told = [];
  const answers = [
    () => new Response("", { status: 503 }),
    () => Promise.reject(new TypeError("gone with SECRET-TOKEN")),
    () => new Response("", { status: 200 }),
    () => new Response("", { status: 201 }),
  ];
  const fetch = async () => answers.shift()();
  await sending(4, { fetch, logger: (request) => told.push(request) });
  const url = "https://acme.my.salesforce.com/services/data/v66.0/jobs/query";
  for (const { ms } of told) assert.ok(ms >= 0 && ms < 1000);
  assert.deepEqual(
    told.map(({ ms: _, ...rest }) => rest),
    [
      { method: "GET", url, status: 503, attempt: 1 },
      { method: "GET", url, status: undefined, attempt: 2, error: "TypeError: gone with ***" },
      { method: "GET", url, status: 200, attempt: 3 },
      { method: "GET", url, status: 201, attempt: 1 },
    ],
  );
});

test("a request that is given up is told, and nothing of what was sent", async () => {
  const told = [];
  const fetch = () => new Promise(() => {});
  await sending(1, { fetch, logger: (request) => told.push(request) }, false);
  assert.equal(told.length, 1);
  assert.equal(told[0].status, undefined);
  assert.match(told[0].error, /given up/);
  assert.equal(JSON.stringify(told).includes("SECRET"), false);
});

test("what a logger throws ends its call, as what onProgress throws does", async () => {
  const fetch = async () => new Response("");
  const logger = () => {
    throw new RangeError("mine");
  };
  await assert.rejects(sending(1, { fetch, logger }), RangeError);
});

test("a logger must be a function", () => {
  assert.throws(() => client({ logger: console }), { message: /^logger must be a function/ });
});
