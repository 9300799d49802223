/** The hand-written package, over the fake glue. */
import { register } from "node:module";

register("./glue-hooks.mjs", import.meta.url);

const lib = "../../../pkg-template/lib";
const { provide } = await import(`${lib}/runtime.js`);
provide("fake");

export const { Bulk, isBulkError } = await import(`${lib}/public.js`);
export * from "./fake-glue.mjs";

export const client = (more) =>
  new Bulk({ instanceUrl: "https://acme.my.salesforce.com", accessToken: "SECRET-TOKEN", ...more });
