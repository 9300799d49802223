/**
 * The functions that store a row's cells, one after another, under the names of a header, and those that load them.
 *
 * What ships is not this file but a longer one of the same meaning, which the build writes (scripts/lib/stamps.mjs):
 * engines keep what they learn of a store where it stands in the text, and a store that sees one name only is several
 * times faster than one in a loop that sees them all. So there each column has a store of its own, and each
 * function stands there several times, one for each header of a program that reads several.
 */
import type { Cell } from "./cells.ts";

/** Makes rows of the texts of a chunk, and of the bounds that begin at `at`. They are plain objects. */
export type RowConstructor = new (
  ascii: string,
  wide: string,
  bounds: Int32Array,
  at: number,
) => Record<string, Cell>;

/** Makes the constructor of rows under these names. */
export type Stamp = (names: readonly string[], empty: null | "") => RowConstructor;

/**
 * Puts the cells of a record into an array, from `at` on, and gives their length in UTF-16 units. A value that is no
 * string, or any where `plain` is false, goes through `text`.
 */
export type Load = (
  record: Readonly<Record<string, unknown>>,
  cells: string[],
  at: number,
  plain: boolean,
  text: (value: unknown) => string,
) => number;

function stamp(names: readonly string[], empty: null | ""): RowConstructor {
  return class {
    [name: string]: Cell;

    constructor(ascii: string, wide: string, bounds: Int32Array, at: number) {
      Object.setPrototypeOf(this, Object.prototype);
      for (const [column, name] of names.entries()) {
        const start = bounds[at + 2 * column] ?? 0;
        const end = bounds[at + 2 * column + 1] ?? 0;
        const slice = start < 0 ? wide.slice(~start, end) : ascii.slice(start, end);
        this[name] = start < end ? slice : start === end ? empty : null;
      }
    }
  };
}

function load(names: readonly string[]): Load {
  return (record, cells, from, plain, text) => {
    let units = 0;
    for (const [column, name] of names.entries()) {
      const value = record[name];
      const cell = plain && typeof value === "string" ? value : text(value);
      cells[from + column] = cell;
      units += cell.length;
    }
    return units;
  };
}

/** As many columns a stamp has stores for. */
export const WIDTH: number = Number.POSITIVE_INFINITY;

/** Joins the constructors of the parts of a header, each but the last of `WIDTH` columns, to one of whole rows. */
export function joined(parts: readonly [RowConstructor, ...RowConstructor[]]): RowConstructor {
  return parts[0];
}

export const stamps: readonly [Stamp, ...Stamp[]] = [stamp];
export const loads: readonly [(names: readonly string[]) => Load] = [load];
