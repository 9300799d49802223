/** The ways to write that this package has. */
import { formatCsv } from "salesforce-bulk";

/** @type {import("./writer.mjs").Writer} */
export const withColumns = {
  id: "columns",
  name: "salesforce-bulk: columns given",
  async write(records, columns, sink) {
    for await (const bytes of formatCsv(records, { columns })) sink(bytes);
  },
};

/** @type {import("./writer.mjs").Writer} */
export const withoutColumns = {
  id: "no-columns",
  name: "salesforce-bulk: columns found",
  async write(records, _columns, sink) {
    for await (const bytes of formatCsv(records)) sink(bytes);
  },
};
