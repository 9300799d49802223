/**
 * Rows from a chunk of decoded CSV: one text, and where in it each cell begins and ends.
 *
 * A store `row[name] = value` in a loop is the slowest part of reading CSV, because engines keep one cache for all the
 * names that pass through it. Written out, each store keeps its own; and a constructor gives every row of a header the
 * same shape from the start. Hence the one long function below: it doubles the speed of the loop, also when many
 * headers have been through it.
 */

/** As many columns as are written out. */
const WRITTEN_OUT = 32;

/**
 * Makes the function that turns chunks under this header into rows.
 *
 * @param {string[]} header
 * @param {null | ""} empty what an empty cell becomes
 * @returns {(text: string, bounds: Uint32Array) => Record<string, string | null>[]}
 */
export function rowMaker(header, empty) {
  const step = 2 * header.length;
  if (step === 0) return () => [];
  /** @type {any} a constructor, which the language lets be any function */
  const Row = header.includes("__proto__") ? definedRow(header, empty) : storedRow(header, empty);
  return (text, bounds) => {
    const rows = new Array(bounds.length / step);
    for (let at = 0, row = 0; row < rows.length; at += step, row++) {
      rows[row] = new Row(text, bounds, at);
    }
    return rows;
  };
}

/** Assigning to `__proto__` would call its setter: here every cell is defined. */
function definedRow(header, empty) {
  return function Row(text, bounds, at) {
    const row = {};
    for (const [column, name] of header.entries()) {
      const value = cell(text, bounds, at + 2 * column, empty);
      Object.defineProperty(row, name, {
        value,
        configurable: true,
        enumerable: true,
        writable: true,
      });
    }
    return row;
  };
}

function cell(text, bounds, at, empty) {
  const from = bounds[at];
  const to = bounds[at + 1];
  return from === to ? empty : text.slice(from, to);
}

/** A constructor of plain objects: with the prototype of all objects, its instances are no different from `{}`. */
function storedRow(h, empty) {
  const n = h.length;
  function Row(text, b, at) {
    this[h[0]] = cell(text, b, at, empty);
    if (n === 1) return;
    this[h[1]] = cell(text, b, at + 2, empty);
    if (n === 2) return;
    this[h[2]] = cell(text, b, at + 4, empty);
    if (n === 3) return;
    this[h[3]] = cell(text, b, at + 6, empty);
    if (n === 4) return;
    this[h[4]] = cell(text, b, at + 8, empty);
    if (n === 5) return;
    this[h[5]] = cell(text, b, at + 10, empty);
    if (n === 6) return;
    this[h[6]] = cell(text, b, at + 12, empty);
    if (n === 7) return;
    this[h[7]] = cell(text, b, at + 14, empty);
    if (n === 8) return;
    this[h[8]] = cell(text, b, at + 16, empty);
    if (n === 9) return;
    this[h[9]] = cell(text, b, at + 18, empty);
    if (n === 10) return;
    this[h[10]] = cell(text, b, at + 20, empty);
    if (n === 11) return;
    this[h[11]] = cell(text, b, at + 22, empty);
    if (n === 12) return;
    this[h[12]] = cell(text, b, at + 24, empty);
    if (n === 13) return;
    this[h[13]] = cell(text, b, at + 26, empty);
    if (n === 14) return;
    this[h[14]] = cell(text, b, at + 28, empty);
    if (n === 15) return;
    this[h[15]] = cell(text, b, at + 30, empty);
    if (n === 16) return;
    this[h[16]] = cell(text, b, at + 32, empty);
    if (n === 17) return;
    this[h[17]] = cell(text, b, at + 34, empty);
    if (n === 18) return;
    this[h[18]] = cell(text, b, at + 36, empty);
    if (n === 19) return;
    this[h[19]] = cell(text, b, at + 38, empty);
    if (n === 20) return;
    this[h[20]] = cell(text, b, at + 40, empty);
    if (n === 21) return;
    this[h[21]] = cell(text, b, at + 42, empty);
    if (n === 22) return;
    this[h[22]] = cell(text, b, at + 44, empty);
    if (n === 23) return;
    this[h[23]] = cell(text, b, at + 46, empty);
    if (n === 24) return;
    this[h[24]] = cell(text, b, at + 48, empty);
    if (n === 25) return;
    this[h[25]] = cell(text, b, at + 50, empty);
    if (n === 26) return;
    this[h[26]] = cell(text, b, at + 52, empty);
    if (n === 27) return;
    this[h[27]] = cell(text, b, at + 54, empty);
    if (n === 28) return;
    this[h[28]] = cell(text, b, at + 56, empty);
    if (n === 29) return;
    this[h[29]] = cell(text, b, at + 58, empty);
    if (n === 30) return;
    this[h[30]] = cell(text, b, at + 60, empty);
    if (n === 31) return;
    this[h[31]] = cell(text, b, at + 62, empty);
    for (let c = WRITTEN_OUT; c < n; c++) this[h[c]] = cell(text, b, at + 2 * c, empty);
  }
  Row.prototype = Object.prototype;
  return Row;
}
