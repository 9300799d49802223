import { inferSchema, initParser } from "udsv";
import { texts } from "./reader.mjs";

/**
 * Its way for streams, with a callback of our own, so that rows are not kept.
 *
 * @type {import("./reader.mjs").Reader}
 */
export const udsv = {
  id: "udsv",
  name: "uDSV",
  async read(chunks, sink) {
    const row = (object) => sink.row(object);
    let parser = null;
    for (const text of texts(chunks)) {
      parser ??= initParser(inferSchema(text));
      parser.chunk(text, parser.stringObjs, row);
    }
    parser.end();
  },
};
