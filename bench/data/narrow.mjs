/** What one gets who updates a single field by an external id: three columns, nothing to be quoted. */
import { amount, id } from "./values.mjs";

export const columns = ["Id", "Ext__c", "Amount"];

export function cells(random, index) {
  return [id("006", index), `EXT-${100_000 + index}`, String(amount(random))];
}
