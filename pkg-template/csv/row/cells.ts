/**
 * Rows from a chunk of decoded CSV: `{ ascii, wide, bounds }`, two texts and where in them each cell begins and ends.
 *
 * A cell that is its own bytes, in ASCII, is a slice of `ascii`; one with other characters, or with doubled quotes, is a
 * slice of `wide`, and its start is the complement of where it begins there. An empty cell ends where it starts, one that
 * is the text for null ends before it.
 */
import { bulkError } from "../../errors.ts";
import { nestedRows } from "./nested.ts";
import { rowOf } from "./schemas.ts";

/**
 * @typedef {{ ascii: string, wide: string, bounds: Int32Array }} Cells
 * @typedef {{ empty: null | "", nested?: boolean }} RowOptions
 */

/**
 * Makes the function that turns chunks under this header into objects.
 *
 * @param {string[]} header
 * @param {RowOptions} options
 * @returns {(cells: Cells) => Record<string, any>[]}
 */
export function objectRows(header, options) {
  const make = objectRow(header, options);
  const step = 2 * header.length;
  return (cells) => {
    const rows = new Array(step === 0 ? 0 : cells.bounds.length / step);
    for (let row = 0, at = 0; row < rows.length; row++, at += step) rows[row] = make(cells, at);
    return rows;
  };
}

/**
 * Makes the function that turns one row, whose bounds begin at `at`, into an object.
 *
 * @param {string[]} header
 * @param {RowOptions} options
 * @returns {(cells: Cells, at: number) => Record<string, any>}
 */
export function objectRow(header, { empty, nested }) {
  refuseTwice(header);
  if (nested && header.some((name) => name.includes("."))) return nestedRows(header, empty);
  if (header.includes("__proto__")) return definedRow(header, empty);
  const Row = rowOf(header, empty);
  return ({ ascii, wide, bounds }, at) => new Row(ascii, wide, bounds, at);
}

/**
 * Makes the function that turns chunks of so many columns into arrays.
 *
 * @param {string[]} header
 * @param {RowOptions} options
 * @returns {(cells: Cells) => (string | null)[][]}
 */
export function arrayRows(header, { empty }) {
  const columns = header.length;
  return (cells) => {
    const rows = new Array(columns === 0 ? 0 : cells.bounds.length / (2 * columns));
    let at = 0;
    for (let row = 0; row < rows.length; row++) {
      const array = new Array(columns);
      for (let column = 0; column < columns; column++, at += 2)
        array[column] = cellAt(cells, at, empty);
      rows[row] = array;
    }
    return rows;
  };
}

/** The cell whose bounds stand at `at`. */
export function cellAt({ ascii, wide, bounds }, at, empty) {
  const start = bounds[at];
  const end = bounds[at + 1];
  if (start >= end) return start === end ? empty : null;
  return start < 0 ? wide.slice(~start, end) : ascii.slice(start, end);
}

/** Under one name an object has one value: the other would be lost. */
function refuseTwice(header) {
  const names = new Set();
  for (const [at, name] of header.entries()) {
    if (names.has(name)) throw twice(name, at + 1);
    names.add(name);
  }
}

function twice(name, column) {
  const text =
    `The header names ${JSON.stringify(name.slice(0, 80))} twice (row 1, column ${column}): as objects, rows would ` +
    "lose one of the two. Read them as arrays, or give a header of your own.";
  return bulkError("csv", text, { row: 1, column });
}

/** Assigning to `__proto__` would call its setter: here every cell is defined. */
function definedRow(header, empty) {
  return (cells, at) => {
    const row = {};
    for (const [column, name] of header.entries())
      define(row, name, cellAt(cells, at + 2 * column, empty));
    return row;
  };
}

/** Makes a field, whatever its name. */
export function define(object, name, value) {
  Object.defineProperty(object, name, {
    value,
    configurable: true,
    enumerable: true,
    writable: true,
  });
}
