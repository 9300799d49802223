/** Answers are checked before anybody is timed: who reads or writes something else is not compared. */

export class WrongAnswer extends Error {}

/** How many rows are looked at cell by cell. */
export const checkedRows = 20_000;

/** Fails where two lists of rows, as arrays of cells, differ; an empty cell may be null. */
export function sameRows(who, found, expected) {
  sameCount(who, found.length, expected.length);
  expected.forEach((cells, at) => {
    const other = found[at].map((cell) => cell ?? "");
    if (other.length !== cells.length || !cells.every((cell, column) => cell === other[column])) {
      throw new WrongAnswer(
        `${who}: row ${at + 1} is ${JSON.stringify(other)}, not ${JSON.stringify(cells)}`,
      );
    }
  });
}

export function sameCount(who, found, expected) {
  if (found !== expected) throw new WrongAnswer(`${who}: ${found} rows, not ${expected}`);
}

/** Fails where two texts or two numbers of bytes differ. */
export function same(who, what, found, expected) {
  if (found !== expected) throw new WrongAnswer(`${who}: ${what} is not what it should be`);
}
