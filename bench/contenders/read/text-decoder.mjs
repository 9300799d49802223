/** The floor: from bytes to text, and nothing else. */
import { texts } from "./reader.mjs";

/** @type {import("./reader.mjs").Reader} */
export const textDecoder = {
  id: "text-decoder",
  name: "TextDecoder alone",
  floor: true,
  async read(chunks, sink) {
    for (const text of texts(chunks)) sink.length += text.length;
  },
};
