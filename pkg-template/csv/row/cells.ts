/**
 * A chunk of decoded CSV, as the wasm gives it: two texts, and where in them each cell begins and ends.
 *
 * A cell that is its own bytes, in ASCII, is a slice of `ascii`; one with other characters, or with doubled quotes, is a
 * slice of `wide`, and its start is the complement of where it begins there. An empty cell ends where it starts, one that
 * is the text for null ends before it.
 */
export interface Cells {
  readonly ascii: string;
  readonly wide: string;
  /** Starts and ends in turn, row after row. */
  readonly bounds: Int32Array;
}

export type Cell = string | null;

/** How cells become rows. */
export interface RowOptions {
  /** What an empty cell becomes. */
  readonly empty: null | "";
  /** Makes objects of the names that have a dot. */
  readonly nested?: boolean | undefined;
}

/** A way to make rows: of chunks under this header. */
export type RowShape<Row> = (
  header: readonly string[],
  options: RowOptions,
) => (cells: Cells) => Row[];

/** The cell whose bounds stand at `at`. */
export function cellAt({ ascii, wide, bounds }: Cells, at: number, empty: null | ""): Cell {
  const start = bounds[at] ?? 0;
  const end = bounds[at + 1] ?? 0;
  if (start >= end) return start === end ? empty : null;
  return start < 0 ? wide.slice(~start, end) : ascii.slice(start, end);
}
