/** The ways to read that this package has. */
import { parseCsv } from "salesforce-bulk";

/** @type {import("./reader.mjs").Reader} */
export const objects = {
  id: "objects",
  name: "salesforce-bulk: chunks()",
  async read(chunks, sink) {
    for await (const rows of parseCsv(chunks).chunks()) sink.rows(rows);
  },
};

/** @type {import("./reader.mjs").Reader} */
export const loop = {
  id: "loop",
  name: "salesforce-bulk: for await, row by row",
  async read(chunks, sink) {
    for await (const row of parseCsv(chunks)) sink.row(row);
  },
};

/** @type {import("./reader.mjs").Reader} */
export const arrays = {
  id: "arrays",
  name: "salesforce-bulk: arrays().chunks()",
  async read(chunks, sink) {
    for await (const rows of parseCsv(chunks).arrays().chunks()) sink.rows(rows);
  },
  cells: (row) => row,
};

/** @type {import("./reader.mjs").Reader} */
export const lazy = {
  id: "lazy",
  name: "salesforce-bulk: lazy().chunks(), no column read",
  async read(chunks, sink) {
    for await (const rows of parseCsv(chunks).lazy().chunks()) sink.rows(rows);
  },
};

/** @type {import("./reader.mjs").Reader} */
export const lazyOne = {
  id: "lazy-one",
  name: "salesforce-bulk: lazy().chunks(), one column read",
  async read(chunks, sink, column) {
    for await (const rows of parseCsv(chunks).lazy().chunks()) {
      for (const row of rows) sink.length += row[column]?.length ?? 0;
      sink.rows(rows);
    }
  },
};
