/** Rows as objects: the cells of a chunk under the names of its header. */
import { bulkError } from "../../errors.ts";
import { type Cells, cellAt, type RowOptions } from "./cells.ts";
import { define, type ObjectRow } from "./define.ts";
import { nestedRow } from "./nested.ts";
import { rowOf } from "./schemas.ts";

/** Makes a row of the bounds that begin at `at`. */
export type MakeRow = (cells: Cells, at: number) => ObjectRow;

/** Makes the function that turns chunks under this header into objects. */
export function objectRows(
  header: readonly string[],
  options: RowOptions,
): (cells: Cells) => ObjectRow[] {
  const make = objectRow(header, options);
  const step = 2 * header.length;
  return (cells) => {
    const rows = new Array<ObjectRow>(step === 0 ? 0 : cells.bounds.length / step);
    for (let row = 0, at = 0; row < rows.length; row++, at += step) rows[row] = make(cells, at);
    return rows;
  };
}

/** Makes the function that turns one row into an object. */
export function objectRow(header: readonly string[], { empty, nested }: RowOptions): MakeRow {
  refuseTwice(header);
  if (nested && header.some((name) => name.includes("."))) return nestedRow(header, empty);
  if (header.includes("__proto__")) return definedRow(header, empty);
  const Row = rowOf(header, empty);
  return ({ ascii, wide, bounds }, at) => new Row(ascii, wide, bounds, at);
}

/** Under one name an object has one value: the other would be lost. */
function refuseTwice(header: readonly string[]): void {
  const names = new Set<string>();
  for (const [at, name] of header.entries()) {
    if (names.has(name)) throw twice(name, at + 1);
    names.add(name);
  }
}

function twice(name: string, column: number): Error {
  const text =
    `The header names ${JSON.stringify(name.slice(0, 80))} twice (row 1, column ${column}): as objects, rows would ` +
    "lose one of the two. Read them as arrays, or give a header of your own.";
  return bulkError("csv", text, { row: 1, column });
}

/** Assigning to `__proto__` would call its setter: here every cell is defined. */
function definedRow(header: readonly string[], empty: null | ""): MakeRow {
  return (cells, at) => {
    const row = {};
    for (const [column, name] of header.entries())
      define(row, name, cellAt(cells, at + 2 * column, empty));
    return row;
  };
}
