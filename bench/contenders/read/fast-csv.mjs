import { parse } from "fast-csv";
import { throughStream } from "../streams.mjs";

/** @type {import("./reader.mjs").Reader} */
export const fastCsv = {
  id: "fast-csv",
  name: "fast-csv",
  read: (chunks, sink) => throughStream(parse({ headers: true }), chunks, (row) => sink.row(row)),
};
