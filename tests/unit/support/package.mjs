/** The hand-written package, over the fake glue. */
const source = "../../../pkg-template";
const { provide } = await import(`${source}/wasm/runtime.ts`);
provide("fake");

export const { Bulk, isBulkError } = await import(`${source}/public.ts`);
export * from "./fake-glue.mjs";

export const client = (more) =>
  new Bulk({ instanceUrl: "https://acme.my.salesforce.com", accessToken: "SECRET-TOKEN", ...more });
