import { csvFormat, csvFormatBody } from "d3-dsv";
import { inBlocks } from "./writer.mjs";

/** @type {import("./writer.mjs").Writer} */
export const d3Dsv = {
  id: "d3-dsv",
  name: "d3-dsv + TextEncoder",
  write: (records, columns, sink) =>
    inBlocks(records, sink, (block, header) => {
      const text = header ? csvFormat(block, columns) : csvFormatBody(block, columns);
      return `${text}\n`;
    }),
};
