/** One request by whatever `fetch` a user hands over. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Exchange } from "../../pkg-template/task/exchange.ts";

const through = (promise) => promise;
const begin = (send, request = { method: "GET" }) =>
  new Exchange(send, "https://acme.my.salesforce.com/", request, through);
const answering = (answer) => begin(async () => answer);
const never = () => new Promise(() => {});

test("the request is sent once, uncached, without cookies, and no redirect is followed", async () => {
  const calls = [];
  const exchange = begin(
    async (url, { signal, ...init }) => {
      calls.push([url, init, signal instanceof AbortSignal]);
      return new Response("");
    },
    { method: "PUT", body: "x" },
  );
  await exchange.head();
  assert.deepEqual(calls, [
    [
      "https://acme.my.salesforce.com/",
      { method: "PUT", body: "x", credentials: "omit", redirect: "manual", cache: "no-store" },
      true,
    ],
  ]);
});

const headers = new Headers({ "x-name": "value" });
const cases = {
  undefined: [undefined, "it gave no response"],
  "a text": ["text", "it gave no response"],
  "no status": [{ headers }, "it gave no response"],
  "a status in words": [{ status: "200", headers }, "it gave no response"],
  "no headers": [{ status: 200 }, "its answer has no readable headers"],
  "headers as an object": [{ status: 200, headers: {} }, "its answer has no readable headers"],
  "headers that throw": [
    {
      status: 200,
      headers: {
        entries() {
          throw new Error("mine");
        },
      },
    },
    "its answer has no readable headers",
  ],
  "headers of no text": [
    { status: 200, headers: new Map([["a b", "c"]]) },
    "its answer has no readable headers",
  ],
  "a body of another kind": [
    { status: 200, headers, body: {} },
    "the body of its answer is not a web stream",
  ],
  "no body at all": [{ status: 200, headers }, "the body of its answer is not a web stream"],
};
for (const [what, [answer, text]] of Object.entries(cases)) {
  test(`an answer with ${what} cannot be used`, async () => {
    await assert.rejects(answering(answer).head(), {
      reason: `fetch cannot be used: ${text}`,
      misuse: true,
    });
  });
}

test("what can be read is read: null, streams, whole buffers, headers of any class", async () => {
  const bytes = new TextEncoder().encode("abc");
  const stream = new Response(bytes).body;
  const of = new Map([["x-name", "value"]]);
  const wholes = [
    [{ status: 200, headers, body: null }, ""],
    [{ status: 200, headers, body: stream }, "abc"],
    [{ status: 200, headers: of, arrayBuffer: async () => bytes.buffer }, "abc"],
    [{ status: 200, headers, body: ReadableStream.from([new DataView(bytes.buffer)]) }, "abc"],
    [new Response("abc", { headers }), "abc"],
  ];
  for (const [answer, text] of wholes) {
    const exchange = answering(answer);
    const head = await exchange.head();
    assert.equal(head.status, 200);
    assert.match(head.headers, /^x-name: value$/m);
    let read = "";
    for (;;) {
      const part = await exchange.read();
      if (part === undefined) break;
      read += new TextDecoder().decode(part);
    }
    assert.equal(read, text);
  }
});

test("a body of no bytes, or one that was read before, cannot be used", async () => {
  const words = new ReadableStream({ pull: (into) => into.enqueue("text") });
  for (const [answer, what] of [
    [{ status: 200, headers, body: words }, "gives no bytes"],
    [{ status: 200, headers, body: lockedStream() }, "was read before"],
  ]) {
    const exchange = answering(answer);
    await exchange.head();
    await assert.rejects(exchange.read(), ({ reason }) => reason.endsWith(what));
  }
});

function lockedStream() {
  const { body } = new Response("x");
  body.getReader();
  return body;
}

test("a fetch that throws or rejects: the very reason", async () => {
  const reason = new TypeError("mine");
  const throws = begin(() => {
    throw reason;
  });
  await assert.rejects(throws.head(), ({ cause }) => cause === reason);
  const rejects = begin(() => Promise.reject(reason));
  await assert.rejects(rejects.head(), ({ cause }) => cause === reason);
});

test("a redirect: what it says is kept, what was followed or hidden has no status", async () => {
  const told = new Response("", { status: 302, headers: { location: "https://other/" } });
  const followed = { status: 200, redirected: true, url: "https://other/x", headers, body: null };
  const hidden = { status: 0, type: "opaqueredirect", headers: new Headers(), body: null };
  for (const [answer, status, location] of [
    [told, 302, "https://other/"],
    [followed, 0, "https://other/x"],
    [hidden, 0, undefined],
  ]) {
    const head = await answering(answer).head();
    const [, seen] = /^location: (.*)$/m.exec(head.headers) ?? [];
    assert.deepEqual([head.status, seen], [status, location]);
  }
});

test("headers that a browser filters are said to be", async () => {
  const of = (type) => answering({ status: 200, type, headers, body: null }).head();
  assert.equal((await of("cors")).filtered, true);
  assert.equal((await of("basic")).filtered, false);
});

test("to close ends all that waits, and the request", async () => {
  let signal;
  const silent = begin((_, init) => {
    signal = init.signal;
    return never();
  });
  const head = silent.head();
  silent.close("why");
  await assert.rejects(head, ({ cause }) => cause === "why");
  assert.equal(signal.aborted, true);

  let cancelled;
  const body = new ReadableStream({ pull: never, cancel: (reason) => (cancelled = reason) });
  const stalled = answering({ status: 200, headers, body });
  await stalled.head();
  const read = stalled.read();
  await new Promise((resolve) => setTimeout(resolve, 1));
  stalled.close("why");
  await assert.rejects(read, ({ cause }) => cause === "why");
  await new Promise((resolve) => setTimeout(resolve, 1));
  assert.equal(cancelled, "why");
});

test("an exchange that nobody reads any more is no unhandled rejection", async () => {
  const unhandled = [];
  const listen = (reason) => unhandled.push(reason);
  process.on("unhandledRejection", listen);
  begin(() => Promise.reject(new Error("late")));
  answering({ status: 200, headers, body: null }).close();
  await new Promise((resolve) => setTimeout(resolve, 5));
  process.off("unhandledRejection", listen);
  assert.deepEqual(unhandled, []);
});

test("what was thrown is told in words, and kept; what was not sent is known by its code", async () => {
  const coded = (code, more) => Object.assign(new Error("m"), { code, ...more });
  const odd = {
    get message() {
      throw new Error("none");
    },
  };
  for (const [thrown, reason, notSent] of [
    [new TypeError("Failed"), "TypeError: Failed", false],
    ["text", "text", false],
    ["", "", false],
    [undefined, "", false],
    [null, "", false],
    [7, "", false],
    [{ message: "m" }, "m", false],
    [{ message: 7, name: {} }, "", false],
    [odd, "", false],
    [coded("ECONNREFUSED"), "Error: m", true],
    [new TypeError("x", { cause: coded("ENOTFOUND") }), "TypeError: x", true],
    [coded("ECONNRESET"), "Error: m", false],
  ]) {
    await assert.rejects(begin(() => Promise.reject(thrown)).head(), (trouble) => {
      assert.deepEqual(trouble, { reason, notSent, misuse: false, cause: thrown });
      return true;
    });
  }
});
