import { parse } from "csv-parse";
import { throughStream } from "../streams.mjs";
import { texts } from "./reader.mjs";

/** The stream in its build for browsers takes no bytes but those of its own `Buffer`. */
const piecesOf = "Buffer" in globalThis ? (chunks) => chunks : texts;

/** @type {import("./reader.mjs").Reader} */
export const csvParse = {
  id: "csv-parse",
  name: "csv-parse",
  read: (chunks, sink) =>
    throughStream(parse({ columns: true }), piecesOf(chunks), (row) => sink.row(row)),
};
