/** Reading rows. */
import type { Bulk, RecordValue, Rows, TextRow, V1Batch } from "salesforce-bulk";
import { assertType, type Equal } from "./equal.ts";

declare const bulk: Bulk;
declare const batch: V1Batch;

interface Contact {
  Id: string;
  Amount: number;
}

const contacts = bulk.query<Contact>("SELECT Id, Amount FROM Contact", { onAbort: "abort-job" });
assertType<Equal<typeof contacts, Rows<TextRow<Contact>>>>();

// CSV carries text: a number is not there yet, and an empty cell is null.
for await (const row of contacts) assertType<Equal<typeof row.Amount, string | null>>();
for await (const rows of contacts.chunks()) assertType<Equal<(typeof rows)[0], TextRow<Contact>>>();
assertType<Equal<ReturnType<typeof contacts.bytes>, ReadableStream<Uint8Array<ArrayBuffer>>>>();
assertType<Equal<ReturnType<typeof contacts.ndjson>, ReadableStream<Uint8Array<ArrayBuffer>>>>();
assertType<Equal<Awaited<ReturnType<typeof contacts.response>>, Response>>();
assertType<Equal<Awaited<ReturnType<typeof contacts.columns>>, string[]>>();
assertType<Equal<typeof contacts.jobId, string | undefined>>();
new Blob([await new Response(contacts.bytes()).arrayBuffer()]);
new Response(contacts.ndjson());

// The other ways to read them.
assertType<Equal<ReturnType<typeof contacts.arrays>, Rows<(string | null)[]>>>();
for await (const row of contacts.lazy()) assertType<Equal<typeof row.Amount, string | null>>();

// Left, they let their transfer go.
{
  await using rows = bulk.query("SELECT Id FROM Contact");
  for await (const row of rows) if (row.Id) break;
}

// Of JSON a value is what it is.
for await (const row of batch.records<Contact>()) {
  assertType<Equal<typeof row.Amount, RecordValue>>();
}
assertType<Equal<Awaited<ReturnType<typeof contacts.toArray>>, TextRow<Contact>[]>>();

// Nobody named the columns.
for await (const row of bulk.query("SELECT Id FROM Contact")) {
  const id: string | null | undefined = row.Id;
  id?.length;
}

// Outcomes of 1.0 come in order: the index is always there.
for await (const { index, errors } of batch.results()) {
  assertType<Equal<typeof index, number>>();
  assertType<Equal<(typeof errors)[0], { code: string; message: string; fields: string[] }>>();
}

// @ts-expect-error rows are no array
contacts.length;
// @ts-expect-error and no promise
contacts.then;
// @ts-expect-error PK chunking belongs to 1.0
bulk.query("SELECT Id FROM Contact", { pkChunking: true });
// @ts-expect-error no such choice
bulk.query("SELECT Id FROM Contact", { onAbort: "delete" });
