/** Rows whose cells are cut out of the text of their chunk when they are read. */
import { type Cell, type Cells, cellAt, type RowOptions } from "./cells.ts";
import type { ObjectRow } from "./define.ts";
import { type MakeRow, objectRow } from "./objects.ts";

/** What every such row knows: its chunk, and where its bounds begin. */
abstract class Lazy {
  readonly #cells: Cells;
  readonly #at: number;

  constructor(cells: Cells, at: number) {
    this.#cells = cells;
    this.#at = at;
  }

  /** The whole row. */
  abstract toObject(): ObjectRow;
  abstract toJSON(): ObjectRow;

  static cell(row: Lazy, offset: number, empty: null | ""): Cell {
    return cellAt(row.#cells, row.#at + offset, empty);
  }

  static objectOf(row: Lazy, make: MakeRow): ObjectRow {
    return make(row.#cells, row.#at);
  }
}

export type { Lazy };

/** What makes the rows of a header. */
type LazyRowClass = new (cells: Cells, at: number) => Lazy;

type Getter = (this: Lazy) => Cell | ObjectRow | undefined;

/** Makes the function that turns chunks under this header into lazy rows. */
export function lazyRows(header: readonly string[], options: RowOptions): (cells: Cells) => Lazy[] {
  const Row = rowClass(header, options);
  const step = 2 * header.length;
  return (cells) => {
    const rows = new Array<Lazy>(step === 0 ? 0 : cells.bounds.length / step);
    for (let row = 0, at = 0; row < rows.length; row++, at += step) rows[row] = new Row(cells, at);
    return rows;
  };
}

/** Getters on a prototype: a class for each header. */
function rowClass(header: readonly string[], options: RowOptions): LazyRowClass {
  const make = objectRow(header, options);
  class LazyRow extends Lazy {
    override toObject(): ObjectRow {
      return Lazy.objectOf(this, make);
    }

    override toJSON(): ObjectRow {
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
function gettersOf(
  header: readonly string[],
  { empty, nested }: RowOptions,
  make: MakeRow,
): [name: string, get: Getter][] {
  return header.map((name, column) => {
    const dot = name.indexOf(".");
    if (!nested || dot <= 0) return [name, cellGetter(2 * column, empty)];
    const parent = name.slice(0, dot);
    return [parent, fieldGetter(parent, make)];
  });
}

function cellGetter(offset: number, empty: null | ""): Getter {
  return function get() {
    return Lazy.cell(this, offset, empty);
  };
}

function fieldGetter(name: string, make: MakeRow): Getter {
  return function get() {
    return Lazy.objectOf(this, make)[name];
  };
}
