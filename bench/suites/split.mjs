/** Splitting: one CSV in, parts of ten megabytes out, each with the header. */
import { same } from "../check.mjs";
import { csvOf, writer } from "../data/csv.mjs";
import { shapes } from "../data/shapes.mjs";
import { raceTable, size } from "./table.mjs";

/** Below this there would be a single part. */
const least = 25;

export async function split({ mb, rounds }, { splitters }) {
  const csv = csvOf(shapes.mixed, { bytes: Math.max(mb, least) * 1e6 });
  const input = { csv, blob: new Blob(csv.chunks), header: headerOf(shapes.mixed) };
  for (const splitter of splitters) await check(splitter, input);
  const title = `Splitting mixed into parts of 10 MB (${size(csv.bytes)})`;
  const contenders = splitters.map((splitter) => ({
    ...splitter,
    run: () => through(splitter, input),
  }));
  return raceTable({ id: "split", title }, csv.bytes, rounds, contenders);
}

function headerOf(shape) {
  return new TextEncoder().encode(writer(shape)(shape.columns));
}

async function through({ split, name }, { csv, blob }) {
  let bytes = 0;
  for await (const part of split(csv.chunks, blob)) bytes += part.size ?? part.length;
  if (bytes < csv.bytes) same(name, "the sum of the parts", bytes, csv.bytes);
}

/** The parts without their headers, behind the one header, are the CSV, byte for byte. */
async function check({ split, name, floor }, { csv, blob, header }) {
  if (floor) return;
  const compare = comparison(csv.chunks);
  let expected = compare(header, 0);
  for await (const part of split(csv.chunks, blob)) {
    const bytes = part instanceof Uint8Array ? part : new Uint8Array(await part.arrayBuffer());
    same(name, "the size of a part", bytes.length <= 10_000_000, true);
    same(name, "the header of a part", equal(bytes.subarray(0, header.length), header), true);
    expected = expected && compare(bytes, header.length);
  }
  same(name, "what the parts say", expected && compare.at() === csv.bytes, true);
}

/** Compares bytes with those that come next in chunks. */
function comparison(chunks) {
  const all = concatenated(chunks);
  let at = 0;
  const compare = (bytes, from) => {
    const found = bytes.subarray(from);
    const right = equal(found, all.subarray(at, at + found.length));
    at += found.length;
    return right;
  };
  return Object.assign(compare, { at: () => at });
}

function concatenated(chunks) {
  const all = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

function equal(one, other) {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
