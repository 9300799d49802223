/** Parts of CSV, as texts, and what must hold of any. */
import assert from "node:assert/strict";
import { parseCsv, splitCsv } from "./csv.mjs";
import { utf8 } from "./sources.mjs";

/** A part as text, in which a byte order mark would be seen. */
export async function textOf(part) {
  const bytes = part instanceof Uint8Array ? part : await part.arrayBuffer();
  return new TextDecoder("utf-8", { ignoreBOM: true, fatal: true }).decode(bytes);
}

export async function partsOf(source, options) {
  const parts = [];
  for await (const part of splitCsv(source, options)) parts.push(await textOf(part));
  return parts;
}

/** Of a Blob and of bytes in pieces of every size: the same parts. */
export async function partsOfAll(text, options) {
  const bytes = utf8(text);
  const parts = await partsOf(new Blob([bytes]), options);
  for (const size of [1, 2, 7, bytes.length + 1]) {
    const pieces = [];
    for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.slice(at, at + size));
    assert.deepEqual(await partsOf(pieces, options), parts, `in pieces of ${size}`);
  }
  return parts;
}

/** What parts must keep to. */
const sizes = {
  maxBytes: (part) => utf8(part).length,
  maxChars: (part) => part.length,
};

/** Each part keeps to the limits, and could not have had the next part's first record as well. */
export function keepsTo(parts, header, recordsOf, limits) {
  for (const [at, part] of parts.entries()) {
    assert.ok(part.startsWith(header), `the header is missing: ${JSON.stringify(part)}`);
    assert.ok(fits(part, recordsOf(part).length, limits), `too large: ${JSON.stringify(part)}`);
    if (at + 1 === parts.length) continue;
    const [next] = recordsOf(parts[at + 1]);
    const more = part + next;
    assert.ok(
      !fits(more, recordsOf(part).length + 1, limits),
      `too small: ${JSON.stringify(part)}`,
    );
  }
}

function fits(part, rows, limits) {
  if (rows > (limits.maxRows ?? rows)) return false;
  return Object.entries(sizes).every(([name, size]) => size(part) <= (limits[name] ?? size(part)));
}

/** The cells of all parts, one after another. */
export async function cellsOf(parts, options) {
  const all = await Promise.all(parts.map((part) => parseCsv(part, options).arrays().toArray()));
  return all.flat();
}
