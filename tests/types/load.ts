/** Sending rows. */
import type { Bulk, Load, LoadSummary, Progress } from "salesforce-bulk";
import { assertType, type Equal } from "./equal.ts";

declare const bulk: Bulk;
declare const file: File;

const load = bulk.insert("Account", [{ Name: "Acme" }], {
  onProgress: (progress) => assertType<Equal<typeof progress, Progress>>(),
});
assertType<Equal<typeof load, Load>>();
assertType<Equal<Awaited<ReturnType<typeof load.done>>, LoadSummary>>();

// Every kind of source.
bulk.update("Account", "Id,Name\n001,Acme\n");
bulk.update("Account", new TextEncoder().encode("Id\n"));
bulk.update("Account", new ArrayBuffer(0));
bulk.update("Account", file);
bulk.update("Account", new Blob([]));
bulk.update("Account", new Response());
bulk.update("Account", file.stream());
bulk.update("Account", new Set([{ Id: "001" }]));
bulk.update("Account", records());
bulk.upsert("Account", "Ext__c", records(), { columns: ["Ext__c", "Name"], emptyString: "null" });

async function* records() {
  yield { Ext__c: "1", Name: null, Closed__c: true, Count__c: 1n, Date__c: new Date(0) };
}

for await (const result of load.results()) {
  assertType<Equal<typeof result.index, number | undefined>>();
  assertType<Equal<typeof result.fields, Record<string, string | null>>>();
}

// @ts-expect-error an upsert needs its external id
bulk.upsert("Account", records());
// @ts-expect-error a number is no source
bulk.insert("Account", 1);
// @ts-expect-error no such choice
bulk.insert("Account", [], { emptyString: "keep" });
