/** Jobs, batches and uploads of one's own: what reaches the operation, and what the caller hears. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { cells, client, fake, reader, script } from "./support/package.mjs";

const JOB = "750R0000000zlh9IAA";
const BATCH = "751R0000000zlh9IAA";
const pause = (ms = 5) => new Promise((resolve) => setTimeout(resolve, ms));
const textOf = (body) => new Response(body).text();

const LIMIT = /10,000 records and 10,000,000 bytes/;

/** Adds a batch to a job that was made elsewhere, and gives its body. */
async function batched(contentType, records, options) {
  const bodies = [];
  let asked = 0;
  script({
    v1Job: async () => {
      asked += 1;
      return { id: JOB, contentType };
    },
    v1Batches: async () => [{ id: "751000000000009AAA" }],
    v1AddBatch: async (_, type, body) => {
      bodies.push([type, await textOf(body)]);
      return { id: BATCH };
    },
  });
  const job = client().v1.job(JOB);
  const batch = await job.addBatch(records, options);
  await job.addQuery("SELECT Id FROM Account");
  assert.equal(asked, 1, "the content type is read once");
  assert.equal(fake.flights[0].ownership("751000000000009AAA"), "foreign", "it was there before");
  assert.equal(batch.id, BATCH);
  assert.equal(batch.job, job);
  assert.equal(bodies[0][0], contentType);
  return bodies[0][1];
}

test("batches in the three formats", async () => {
  const records = [{ a: "x", b: "", c: null, P: { e: 1 }, "Q.f": 2n }];
  assert.equal(await batched("CSV", records), "a,b,c,P.e,Q.f\nx,,#N/A,1,2\n");
  const json = '{"a":"x","c":null,"P":{"e":1},"Q":{"f":"2"}}';
  assert.equal(await batched("JSON", records), `[${json}]`);
  assert.equal(await batched("XML", records), `<xml>[${json}]</xml>`);
  assert.equal(await batched("JSON", [{ a: "" }], { emptyString: "null" }), '[{"a":null}]');
});

test("JSON: more than one block, columns, parents of several types, odd names", async () => {
  const many = Array.from({ length: 1200 }, (_, i) => ({ i }));
  assert.deepEqual(JSON.parse(await batched("JSON", many)), many);
  await assert.rejects(batched("JSON", [{ a: 1 }, { b: 1 }], { columns: ["a"] }), {
    row: 2,
    field: "b",
  });
  await assert.rejects(batched("JSON", [{ a: 1 }, { a: Number.NaN }]), { row: 2, field: "a" });
  const who = { Who: { attributes: { type: "Lead" }, Email: "l@x.y" } };
  assert.deepEqual(JSON.parse(await batched("JSON", [who])), [who]);
  assert.deepEqual(JSON.parse(await batched("JSON", [{ "Lead:Who.Email": "l@x.y" }])), [who]);
  const read = {
    attributes: { type: "A", url: "/a" },
    P: { attributes: { type: "P", url: "/p" }, x: 1 },
  };
  assert.equal(await batched("JSON", [read]), '[{"P":{"x":1}}]');
  assert.equal(await batched("JSON", [JSON.parse('{"__proto__":"v"}')]), '[{"__proto__":"v"}]');
});

test("CSV into a job of another content type is a TypeError", async () => {
  await assert.rejects(batched("JSON", "a\n1\n"), TypeError);
  await assert.rejects(batched("ZIP_CSV", [{ a: 1 }]), TypeError);
});

test("limits name both numbers; a batch needs a record", async () => {
  const many = Array.from({ length: 10_001 }, () => ({ a: 1 }));
  for (const type of ["CSV", "JSON", "XML"]) {
    await assert.rejects(batched(type, many), { code: "limit", message: LIMIT });
    await assert.rejects(batched(type, [{ a: "x".repeat(10_000_001) }]), {
      code: "limit",
      message: LIMIT,
    });
    await assert.rejects(batched(type, []), { code: "record" });
  }
  await assert.rejects(batched("CSV", `a\n${"1\n".repeat(10_001)}`), {
    code: "limit",
    message: LIMIT,
  });
  await assert.rejects(batched("CSV", `a\n${"x".repeat(10_000_001)}\n`), {
    code: "limit",
    message: LIMIT,
  });
});

test("a mapping's empty cells stay empty", async () => {
  let body;
  script({
    v1PostMapping: async (_, given) => {
      body = await textOf(given);
    },
  });
  await client()
    .v1.job(JOB)
    .postMapping([{ "Salesforce Field": "Name", "Csv Header": "N", Value: null }]);
  assert.equal(body, "Salesforce Field,Csv Header,Value\nName,N,\n");
});

test("an upload is written in the job's own dialect, which is read once", async () => {
  let asked = 0;
  let body;
  script({
    v2Job: async () => {
      asked += 1;
      return { columnDelimiter: "PIPE", lineEnding: "LF" };
    },
    v2Upload: async (_, given) => {
      body = await textOf(given);
    },
  });
  const job = client().v2.ingestJob(JOB);
  await job.upload([{ a: 1 }]);
  await job.upload([{ a: 2 }]);
  assert.equal(asked, 1);
  assert.equal(body, "a\n2\n");
});

test("v1.query finds the object, closes the job, and not one with PK chunking", async () => {
  for (const [pkChunking, wanted] of [
    [undefined, ["Closed"]],
    [false, ["Closed"]],
    [1000, []],
  ]) {
    const states = [];
    let made;
    script({
      v1StartQuery: async (job) => {
        made = job;
        return { job: { id: JOB }, batch: { id: BATCH } };
      },
      v1SetState: async (_, state) => states.push(state),
    });
    const batch = await client().v1.query("SELECT Id FROM Contact", { pkChunking });
    assert.equal(batch.id, BATCH);
    assert.equal(made.object, "Contact");
    assert.deepEqual(states, wanted);
  }
});

test("v1.query leaves no job behind when the query cannot be added", async () => {
  const states = [];
  script({
    v1StartQuery() {
      this.flight.report(JSON.stringify({ phase: "creating", jobId: JOB }));
      return Promise.reject({ code: "request", message: "m" });
    },
    v1SetState: async (_, state) => states.push(state),
  });
  await assert.rejects(client().v1.query("SELECT Id FROM Contact"), {
    code: "request",
    jobId: JOB,
  });
  await pause();
  assert.deepEqual(states, ["Aborted"]);
});

test("a batch's request as text, its rows and its outcomes", async () => {
  script({
    v1Request: () => reader([new TextEncoder().encode("é"), new TextEncoder().encode("x")]),
    v1Records: () =>
      reader([{ json: '[{"attributes":{"type":"A"},"Id":"1"}]' }, cells(["Id"], [["2"]])]),
    v1Outcomes: () => reader([{ json: '[{"index":0}]' }]),
  });
  const batch = client().v1.job(JOB).batch(BATCH);
  assert.equal(await batch.request(), "éx");
  assert.deepEqual(await batch.records().toArray(), [{ Id: "1" }, { Id: "2" }]);
  assert.deepEqual(await batch.results().toArray(), [{ index: 0 }]);
});

test("the list of jobs, over its pages; a page that names itself is an error", async () => {
  const pages = { undefined: ["a", "2"], 2: ["b", null] };
  script({
    v2List: async ({ locator }) => ({
      records: [{ id: pages[locator][0] }],
      locator: pages[locator][1],
    }),
  });
  const seen = [];
  for await (const job of client().v2.jobs({ kind: "ingest" })) seen.push(job.id);
  assert.deepEqual(seen, ["a", "b"]);
  script({ v2List: async () => ({ records: [], locator: "same" }) });
  await assert.rejects(client().v2.jobs({ kind: "query" }).next(), { code: "response" });
  assert.ok(fake.flights.length <= 2);
});
