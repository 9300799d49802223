/**
 * The functions that store a row's cells, one after another, under the names of a header, and those that load them.
 *
 * What ships is not this file but a longer one of the same meaning, which the build writes (scripts/lib/stamps.mjs):
 * engines keep what they learn of a store where it stands in the text, and a store that sees one name only is several
 * times faster than one in a loop that sees them all. So there each column has a store of its own, and each
 * function stands there several times, one for each header of a program that reads several.
 */

/**
 * Makes a constructor of rows. Its instances are plain objects, for their prototype is that of all objects.
 *
 * @param {readonly string[]} names
 * @param {null | ""} empty what an empty cell becomes
 * @returns {any} `new Row(ascii, wide, bounds, at)`; what a function of the language may be, but no type says
 */
function stamp(names, empty) {
  function Row(ascii, wide, bounds, at) {
    for (const name of names) {
      const start = bounds[at++];
      const end = bounds[at++];
      const slice = start < 0 ? wide.slice(~start, end) : ascii.slice(start, end);
      this[name] = start < end ? slice : start === end ? empty : null;
    }
  }
  Row.prototype = Object.prototype;
  return Row;
}

/**
 * Makes a function that puts the cells of a record into an array, from `at` on, and gives their length in UTF-16 units.
 *
 * @param {readonly string[]} names
 * @returns {(record: any, cells: string[], at: number, plain: boolean, text: (value: unknown) => string) => number}
 */
function load(names) {
  return (record, cells, at, plain, text) => {
    let units = 0;
    for (const name of names) {
      const value = record[name];
      const cell = plain && typeof value === "string" ? value : text(value);
      cells[at++] = cell;
      units += cell.length;
    }
    return units;
  };
}

/** As many columns a stamp has stores for. */
export const WIDTH = Number.POSITIVE_INFINITY;

/**
 * Joins the constructors of the parts of a header, each but the last of `WIDTH` columns, to one of whole rows.
 *
 * @param {readonly any[]} parts
 * @returns {any}
 */
export function joined(parts) {
  return parts[0];
}

/** @type {readonly (typeof stamp)[]} */
export const stamps = [stamp];
/** @type {readonly (typeof load)[]} */
export const loads = [load];
