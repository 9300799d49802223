/** The first records, which wait until it is known what columns there are. */
import { Columns } from "./columns.ts";
import type { Fields } from "./fields.ts";

/** As many records are looked at before the header is written. */
export const WINDOW = 10_000;

/**
 * Keeps the cells of records, not the records: the caller may change those, or use one object again and again.
 *
 * The columns are the union of the records' fields, in the order in which they first appear.
 */
export class LookAhead {
  readonly #columns: GrowingColumns;
  readonly #rows: string[][] = [];

  constructor(rules: ConstructorParameters<typeof Columns>[1]) {
    this.#columns = new GrowingColumns([], rules);
  }

  get size(): number {
    return this.#rows.length;
  }

  get full(): boolean {
    return this.size >= WINDOW;
  }

  add(record: Fields, row: number): void {
    this.#rows.push(this.#columns.cells(record, row));
  }

  /** The columns, and the cells of each record under them. */
  settled(): { names: string[]; rows: string[][] } {
    const { names } = this.#columns;
    for (const cells of this.#rows) pad(cells, names.length);
    return this.#columns.withoutParents(this.#rows);
  }
}

class GrowingColumns extends Columns {
  protected override columnFor(field: string): number {
    return this.append(field);
  }

  /** A parent that is null in some records and an object in others is no column of its own: its fields are. */
  withoutParents(rows: string[][]): { names: string[]; rows: string[][] } {
    const { names, children } = this;
    const parents = [...names.keys()].filter(
      (at) => children.has(names[at] ?? "") && rows.every((cells) => this.#isNull(cells[at])),
    );
    if (parents.length === 0) return { names, rows };
    for (const cells of rows) for (const at of parents) this.#clear(cells, at);
    const kept = <Item>(list: Item[]) => list.filter((_, at) => !parents.includes(at));
    return { names: kept(names), rows: rows.map(kept) };
  }

  /** What a null parent clears: all that the record does not name itself. */
  #clear(cells: string[], parent: number): void {
    if (cells[parent] === "") return;
    for (const at of this.children.get(this.names[parent] ?? "") ?? []) cells[at] ||= this.nullText;
  }

  #isNull(cell: string | undefined): boolean {
    return cell === "" || cell === this.nullText;
  }
}

/** Columns that came later. */
function pad(cells: string[], length: number): void {
  while (cells.length < length) cells.push("");
}
