import parse from "csv-simple-parser";
import { texts } from "./reader.mjs";

/**
 * It has no way for streams: it is given all the text at once, and gives all rows at once. A line end behind the last
 * record would make it one more.
 *
 * @type {import("./reader.mjs").Reader}
 */
export const csvSimpleParser = {
  id: "csv-simple-parser",
  name: "csv-simple-parser, all at once",
  async read(chunks, sink) {
    const text = [...texts(chunks)].join("");
    sink.rows(parse(text.slice(0, -1), { header: true }));
  },
};
