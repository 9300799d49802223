/** The kinds of CSV that are read and split. */
import * as contact from "./contact.mjs";
import * as narrow from "./narrow.mjs";
import * as notes from "./notes.mjs";
import { Random } from "./random.mjs";
import * as wide from "./wide.mjs";

/**
 * @typedef {object} Shape
 * @property {string} about
 * @property {string[]} columns
 * @property {(random: Random, index: number) => string[]} cells
 * @property {boolean} quoteAll whether cells are quoted that need not be
 * @property {number} share how much of it is enough, as a share of the contacts
 */

const contacts = (international) => ({
  columns: contact.columns,
  cells: (random, index) => contact.cells(random, index, international),
  quoteAll: true,
  share: 1,
});

const cases = (accented) => ({
  columns: notes.columns,
  cells: (random, index) => notes.cells(random, index, accented),
  quoteAll: true,
  share: 1,
});

/** @type {Record<string, Shape>} */
export const shapes = {
  ascii: { about: "contacts, 20 columns, all quoted", ...contacts(false) },
  mixed: { about: "the same, half of them with names beyond ASCII", ...contacts(true) },
  notes: { about: "cases, 20 columns, all quoted, a third with texts of lines", ...cases(false) },
  accented: { about: "the same, 40 % with four accented cells", ...cases(true) },
  wide: {
    about: "200 columns, most cells empty, few quoted",
    ...wide,
    quoteAll: false,
    share: 0.5,
  },
  narrow: { about: "3 columns, none quoted", ...narrow, quoteAll: false, share: 1 / 3 },
};

/** The rows of a shape, as arrays of cells, without end and always the same. */
export function* rowsOf({ cells }) {
  const random = new Random(20_240_317);
  for (let index = 0; ; index++) yield cells(random, index);
}

export function firstRows(shape, count) {
  const rows = rowsOf(shape);
  return Array.from({ length: count }, () => rows.next().value);
}

/** The same rows under other names. */
export function renamed(shape, suffix) {
  return { ...shape, columns: shape.columns.map((name) => `${name}_${suffix}`) };
}
