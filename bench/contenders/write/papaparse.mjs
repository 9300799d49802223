import Papa from "papaparse";
import { inBlocks } from "./writer.mjs";

/** @type {import("./writer.mjs").Writer} */
export const papaparse = {
  id: "papaparse",
  name: "PapaParse + TextEncoder",
  write: (records, columns, sink) =>
    inBlocks(records, sink, (block, header) => {
      const text = Papa.unparse(block, { columns, header, newline: "\n" });
      return `${text}\n`;
    }),
};
