/** Who runs everywhere. The first of a kind is ours, which all others are compared with. */
import { csvParse } from "./read/csv-parse.mjs";
import { csvSimpleParser } from "./read/csv-simple-parser.mjs";
import * as read from "./read/ours.mjs";
import { papaparse as papaparseReader } from "./read/papaparse.mjs";
import { textDecoder } from "./read/text-decoder.mjs";
import { udsv } from "./read/udsv.mjs";
import { splitters } from "./split.mjs";
import { csvStringify } from "./write/csv-stringify.mjs";
import { d3Dsv } from "./write/d3-dsv.mjs";
import * as write from "./write/ours.mjs";
import { papaparse as papaparseWriter } from "./write/papaparse.mjs";

export { splitters };

/** @type {import("./read/reader.mjs").Reader[]} */
export const readers = [
  read.objects,
  read.loop,
  read.arrays,
  read.lazyOne,
  read.lazy,
  udsv,
  csvSimpleParser,
  papaparseReader,
  csvParse,
  textDecoder,
];

/** @type {import("./write/writer.mjs").Writer[]} */
export const writers = [
  write.withColumns,
  write.withoutColumns,
  d3Dsv,
  papaparseWriter,
  csvStringify,
];
