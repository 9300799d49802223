/** The ways to split that this package has, and what their sources take alone. */
import { splitCsv } from "salesforce-bulk";

/**
 * @typedef {object} Splitter
 * @property {string} id
 * @property {string} name
 * @property {(chunks: Uint8Array[], blob: Blob) => AsyncIterable<Uint8Array | Blob>} split
 * @property {boolean} [floor] gives back what it is given, and shows what no splitter can beat
 */

const limit = { maxBytes: 10_000_000 };

/** @type {Splitter[]} */
export const splitters = [
  {
    id: "stream",
    name: "salesforce-bulk: a stream",
    split: (chunks) => splitCsv(streamOf(chunks), limit),
  },
  {
    id: "blob",
    name: "salesforce-bulk: a Blob",
    split: (_chunks, blob) => splitCsv(blob, limit),
  },
  {
    id: "stream-alone",
    name: "the stream alone",
    floor: true,
    split: (chunks) => pieces(streamOf(chunks)),
  },
  {
    id: "blob-alone",
    name: "the Blob's stream alone",
    floor: true,
    split: (_chunks, blob) => pieces(blob.stream()),
  },
];

/** @param {Uint8Array[]} chunks */
function streamOf(chunks) {
  let next = 0;
  return new ReadableStream({
    pull(controller) {
      if (next === chunks.length) controller.close();
      else controller.enqueue(chunks[next++]);
    },
  });
}

/** By a reader: not every browser can loop over a stream. */
async function* pieces(stream) {
  const reader = stream.getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value;
}
