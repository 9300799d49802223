/** Who runs in Node. */
import * as portable from "./portable.mjs";
import { fastCsv } from "./read/fast-csv.mjs";

export const { splitters, writers } = portable;

/** In the order of the table: after its like. */
export const readers = portable.readers.flatMap((reader) =>
  reader.id === "csv-parse" ? [reader, fastCsv] : [reader],
);
