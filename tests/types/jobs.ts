/** Jobs of both APIs, one by one. */
import type { Bulk, IngestJob, QueryJob, V1Batch, V1Job, V2JobInfo } from "salesforce-bulk";
import { assertType, type Equal } from "./equal.ts";

declare const bulk: Bulk;

const job = await bulk.v1.createQueryJob("Contact", {
  contentType: "JSON",
  concurrencyMode: "Serial",
  pkChunking: { chunkSize: 100_000, parent: "Account" },
});
assertType<Equal<typeof job, V1Job>>();
const batch = await job.addQuery("SELECT Id FROM Contact");
assertType<Equal<typeof batch, V1Batch>>();
assertType<Equal<typeof batch.job, V1Job>>();
(await job.status()).state satisfies "Open" | "Closed" | "Aborted" | "Failed";
(await batch.wait({ timeout: 1000, poll: { first: 1 } })).state satisfies string;
bulk.v1.job("750").batch("751");
await bulk.v1.createJob({ object: "Contact", operation: "hardDelete" });

// @ts-expect-error not a format of the Bulk API
bulk.v1.createQueryJob("Contact", { contentType: "YAML" });
// @ts-expect-error an upsert needs its external id
bulk.v1.createUpsertJob("Contact");
// @ts-expect-error not an operation
bulk.v1.createJob({ object: "Contact", operation: "merge" });

const ingest = await bulk.v2.createIngestJob({ object: "Account", operation: "insert" });
assertType<Equal<typeof ingest, IngestJob>>();
await ingest.upload([{ Name: "Acme" }]);
assertType<Equal<Awaited<ReturnType<typeof ingest.uploadComplete>>, V2JobInfo>>();

const query = await bulk.v2.createQueryJob({ query: "SELECT Id FROM Account" });
assertType<Equal<typeof query, QueryJob>>();
for await (const page of query.pages()) {
  assertType<Equal<typeof page.locator, string | null>>();
  for await (const row of page) row.Id satisfies string | null | undefined;
}
for await (const info of bulk.v2.jobs({ kind: "ingest" }))
  assertType<Equal<typeof info, V2JobInfo>>();

// @ts-expect-error a query is no ingest operation
bulk.v2.createIngestJob({ object: "Account", operation: "query" });
// @ts-expect-error which kind of jobs?
bulk.v2.jobs({});
// @ts-expect-error a query job takes no data
query.upload([]);
