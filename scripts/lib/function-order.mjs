/**
 * The order of a wasm's functions in which it compresses best: each beside those that it has most in common with.
 * wasm-opt sorts functions by their names, so the order is written as names.
 */

/** So many bytes in a row are compared: about two instructions with their operands. */
const RUN = 5;
/** A function is compared with so many before it. */
const NEAR = 6;

const CODE_SECTION = 10;
const IMPORT_SECTION = 2;

/**
 * The module with a name for each function that says its place.
 *
 * @param {Uint8Array} wasm without names
 */
export function withOrder(wasm) {
  const { imported, bodies } = functionsOf(wasm);
  const names = [];
  for (const [place, at] of orderOf(bodies).entries()) names[at] = String(place).padStart(6, "0");
  const entries = names.map((name, at) => [...leb(imported + at), ...text(name)]);
  const functions = [1, ...sized([...leb(names.length), ...entries.flat()])];
  const section = [0, ...sized([...text("name"), ...functions])];
  return Buffer.concat([wasm, Uint8Array.from(section)]);
}

/**
 * Where each place's function comes from: from the first one on, always the one that is most like those before it.
 *
 * @param {Uint8Array[]} bodies
 * @returns {number[]}
 */
export function orderOf(bodies) {
  const near = new Neighbours(bodies.map(runsOf));
  const left = new Set(bodies.keys());
  const order = [];
  while (left.size > 0) {
    const next = order.length === 0 ? 0 : near.mostLike(left);
    order.push(next);
    left.delete(next);
    near.add(next);
    if (order.length > NEAR) near.remove(order.at(-1 - NEAR));
  }
  return order;
}

/** The last functions, and how many of their runs each other one has too. */
class Neighbours {
  #runs;
  #having;
  /** How many of them have a run. */
  #counts = new Map();
  #shared;

  /** @param {Set<number>[]} runs of each function */
  constructor(runs) {
    this.#runs = runs;
    this.#having = whoHas(runs);
    this.#shared = runs.map(() => 0);
  }

  add(at) {
    for (const run of this.#runs[at]) {
      const count = this.#counts.get(run) ?? 0;
      this.#counts.set(run, count + 1);
      if (count === 0) this.#share(run, 1);
    }
  }

  remove(at) {
    for (const run of this.#runs[at]) {
      const count = this.#counts.get(run);
      if (count > 1) this.#counts.set(run, count - 1);
      else this.#counts.delete(run);
      if (count === 1) this.#share(run, -1);
    }
  }

  /** The one of these that shares most, for its size. */
  mostLike(candidates) {
    let [best] = candidates;
    let most = 0;
    for (const at of candidates) {
      const likeness = this.#shared[at] / Math.sqrt(this.#runs[at].size || 1);
      if (likeness > most) [best, most] = [at, likeness];
    }
    return best;
  }

  #share(run, change) {
    for (const at of this.#having.get(run)) this.#shared[at] += change;
  }
}

function whoHas(runs) {
  const having = new Map();
  for (const [at, own] of runs.entries()) {
    for (const run of own) {
      if (!having.has(run)) having.set(run, []);
      having.get(run).push(at);
    }
  }
  return having;
}

/** The runs of bytes that occur in it, as numbers. */
function runsOf(body) {
  const runs = new Set();
  for (let at = 0; at + RUN <= body.length; at++) {
    runs.add(body.subarray(at, at + RUN).reduce((number, byte) => number * 256 + byte, 0));
  }
  return runs;
}

/** How many functions are imported, and the bodies of the others. */
function functionsOf(wasm) {
  const reader = new Reader(wasm, 8);
  let imported = 0;
  const bodies = [];
  while (reader.at < wasm.length) {
    const id = reader.byte();
    const end = reader.number() + reader.at;
    if (id === IMPORT_SECTION) imported = countImports(reader);
    if (id === CODE_SECTION) {
      for (let left = reader.number(); left > 0; left--) bodies.push(reader.bytes(reader.number()));
    }
    reader.at = end;
  }
  return { imported, bodies };
}

/** All imports of wasm-bindgen are functions. */
function countImports(reader) {
  const count = reader.number();
  for (let left = count; left > 0; left--) {
    reader.bytes(reader.number());
    reader.bytes(reader.number());
    const kind = reader.byte();
    if (kind !== 0) throw new Error(`an import of kind ${kind}: only functions are known here`);
    reader.number();
  }
  return count;
}

class Reader {
  constructor(bytes, at) {
    this.source = bytes;
    this.at = at;
  }

  byte() {
    return this.source[this.at++];
  }

  /** LEB128, unsigned. */
  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  }

  bytes(length) {
    this.at += length;
    return this.source.subarray(this.at - length, this.at);
  }
}

function leb(value) {
  const low = value & 0x7f;
  return value < 0x80 ? [low] : [low | 0x80, ...leb(value >>> 7)];
}

const sized = (bytes) => [...leb(bytes.length), ...bytes];
const text = (name) => sized([...Buffer.from(name)]);
