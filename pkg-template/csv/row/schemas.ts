/** The functions for each header that is read or written: as many as there are copies of them (stamps.js). */
import { joined, loads, stamps, WIDTH } from "./stamps.ts";

/**
 * What engines learn in a function they learn for one header. The same header has the same function again, and a new one
 * takes the function that was given out longest ago.
 */
class Turns {
  #makers;
  #given = new Map();
  #turn = 0;

  constructor(makers) {
    this.#makers = makers;
  }

  /** What was made for `key`; where that is new, what `make(next)` makes, and `next()` gives it the makers. */
  of(key, make) {
    const known = this.#given.get(key);
    if (known !== undefined) return known;
    const made = make(() => this.#makers[this.#turn++ % this.#makers.length]);
    this.#given.set(key, made);
    if (this.#given.size > this.#makers.length) {
      const [oldest] = this.#given.keys();
      this.#given.delete(oldest);
    }
    return made;
  }
}

const rows = /* @__PURE__ */ new Turns(stamps);
const loaders = /* @__PURE__ */ new Turns(loads);

/**
 * The constructor of rows under a header: `new Row(ascii, wide, bounds, at)`.
 *
 * @param {string[]} header
 * @param {null | ""} empty
 */
export function rowOf(header, empty) {
  const key = JSON.stringify([empty, header]);
  return rows.of(key, (next) => {
    const names = header.map(internalized);
    if (names.length <= WIDTH) return next()(names, empty);
    const parts = [];
    for (let at = 0; at < names.length; at += WIDTH)
      parts.push(next()(names.slice(at, at + WIDTH), empty));
    return joined(parts);
  });
}

/**
 * Makes the function that puts a record's cells under a header into an array: `(record, cells, at)`, which gives the
 * length of them all. A value that is no string, or any where `plain` is false, goes through `text`.
 *
 * @param {readonly string[]} header
 * @param {boolean} plain
 * @param {(value: unknown) => string} text
 */
export function loaderOf(header, plain, text) {
  const load = loaders.of(JSON.stringify(header), (next) => next()(header.map(internalized)));
  return (record, cells, at) => load(record, cells, at, plain, text);
}

/**
 * The same text, as engines keep the names of properties. A string that was cut out of another would be looked up in
 * their table of names at every store, which takes twice the time of all the rest.
 */
function internalized(name) {
  return Object.keys({ [name]: 0 })[0];
}
