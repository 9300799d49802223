/** Rows as arrays of their cells. */
import { type Cell, type Cells, cellAt, type RowOptions } from "./cells.ts";

/** Makes the function that turns chunks of so many columns into arrays. */
export function arrayRows(
  header: readonly string[],
  { empty }: RowOptions,
): (cells: Cells) => Cell[][] {
  const columns = header.length;
  return (cells) => {
    const rows = new Array<Cell[]>(columns === 0 ? 0 : cells.bounds.length / (2 * columns));
    let at = 0;
    for (let row = 0; row < rows.length; row++) {
      const array = new Array<Cell>(columns);
      for (let column = 0; column < columns; column++, at += 2)
        array[column] = cellAt(cells, at, empty);
      rows[row] = array;
    }
    return rows;
  };
}
