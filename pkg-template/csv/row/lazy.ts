/** Rows whose cells are cut out of the text of their chunk when they are read. */
import { cellAt, objectRow } from "./cells.ts";

/** What every such row knows: its chunk, where its bounds begin, and what an empty cell is. */
class Lazy {
  #cells;
  #at;

  constructor(cells, at) {
    this.#cells = cells;
    this.#at = at;
  }

  static cell(row, offset, empty) {
    return cellAt(row.#cells, row.#at + offset, empty);
  }

  static objectOf(row, make) {
    return make(row.#cells, row.#at);
  }
}

/**
 * Makes the function that turns chunks under this header into lazy rows.
 *
 * @param {string[]} header
 * @param {import("./cells.ts").RowOptions} options
 * @returns {(cells: import("./cells.ts").Cells) => Lazy[]}
 */
export function lazyRows(header, options) {
  const Row = rowClass(header, options);
  const step = 2 * header.length;
  return (cells) => {
    const rows = new Array(step === 0 ? 0 : cells.bounds.length / step);
    for (let row = 0, at = 0; row < rows.length; row++, at += step) rows[row] = new Row(cells, at);
    return rows;
  };
}

/** Getters on a prototype: a class for each header. */
function rowClass(header, options) {
  const make = objectRow(header, options);
  class LazyRow extends Lazy {
    toObject() {
      return Lazy.objectOf(this, make);
    }

    toJSON() {
      return Lazy.objectOf(this, make);
    }
  }
  for (const [name, get] of gettersOf(header, options, make)) {
    if (name === "toObject" || name === "toJSON") continue;
    Object.defineProperty(LazyRow.prototype, name, { get, configurable: true, enumerable: true });
  }
  return LazyRow;
}

/** A field with a dot is its parent's, where rows are nested. */
function gettersOf(header, { empty, nested }, make) {
  return header.map((name, column) => {
    const [first] = name.split(".");
    if (nested && first !== name && first !== "") return [first, parentGetter(first, make)];
    return [name, cellGetter(2 * column, empty)];
  });
}

function cellGetter(offset, empty) {
  return /** @this {Lazy} */ function get() {
    return Lazy.cell(this, offset, empty);
  };
}

function parentGetter(name, make) {
  return /** @this {Lazy} */ function get() {
    return Lazy.objectOf(this, make)[name];
  };
}
