/** The cells of each record under a header. */
import { bulkError } from "../errors.ts";
import { type Fields, fieldsOf, isAttributes, isRecord, resolved } from "./fields.ts";
import { cellText, NULL_TEXT, ValueProblem, type ValueRules } from "./values.ts";

export class Columns {
  readonly names: string[] = [];
  readonly #at = new Map<string, number>();
  /** The columns of each parent, which null in its place clears. */
  protected readonly children: Map<string, number[]> = new Map();
  readonly #rules: ValueRules;
  /** A text that may not be what it seems. */
  protected readonly nullText: string;

  constructor(names: readonly string[], rules: ValueRules) {
    this.#rules = rules;
    this.nullText = rules.nullText ?? NULL_TEXT;
    for (const name of names) this.append(name);
  }

  /** The texts of a record's cells, one a column. */
  cells(record: Fields, row: number): string[] {
    const cells = new Array<string>(this.names.length).fill("");
    // Most records name their fields in the order of the columns.
    let next = 0;
    for (const name of Object.keys(record)) {
      const value = record[name];
      const at = this.names[next] === name ? next : this.#at.get(name);
      next = (at ?? next) + 1;
      if (at !== undefined && typeof value !== "object")
        cells[at] = this.#text(value, name, row, at);
      else this.#put(cells, name, resolved(value), at, record, row);
    }
    return cells;
  }

  #put(
    cells: string[],
    name: string,
    value: unknown,
    at: number | undefined,
    record: Fields,
    row: number,
  ): void {
    if (isRecord(value)) this.#putParent(cells, name, value, record, row);
    else if (at !== undefined) cells[at] = this.#text(value, name, row, at);
    else this.#putElsewhere(cells, name, value, row);
  }

  /** The column for a field that has none; undefined where none can be made. */
  protected columnFor(_field: string): number | undefined {
    return undefined;
  }

  /** A column behind the others. */
  protected append(name: string): number {
    const at = this.names.push(name) - 1;
    this.#at.set(name, at);
    const dot = name.indexOf(".");
    if (dot >= 0) {
      const parent = name.slice(0, dot);
      this.children.set(parent, [...(this.children.get(parent) ?? []), at]);
    }
    return at;
  }

  /** A field that has no column: null in place of a parent, or one that nobody announced. */
  #putElsewhere(cells: string[], name: string, value: unknown, row: number): void {
    if (isAttributes(name, value)) return;
    const at = this.columnFor(name);
    const children = this.children.get(name);
    if (at !== undefined) {
      cells[at] = this.#text(value, name, row, at);
    } else if (value === null && children !== undefined) {
      for (const child of children) cells[child] = this.nullText;
    } else if (value !== undefined) {
      // What is no value at all is told as that.
      this.#text(value, name, row);
      throw unknownField(name, row);
    }
  }

  #putParent(cells: string[], parent: string, value: Fields, record: Fields, row: number): void {
    if (isAttributes(parent, value)) return;
    for (const [field, item] of fieldsOf(value)) {
      const name = `${parent}.${field}`;
      const at = this.#at.get(name) ?? this.columnFor(name);
      if (Object.hasOwn(record, name)) throw fieldTwice(name, row);
      if (at !== undefined) cells[at] = this.#text(item, name, row, at);
      else if (item !== undefined) throw unknownField(name, row);
    }
  }

  #text(value: unknown, field: string, row: number, at?: number): string {
    if (!this.#rules.strict) {
      if (typeof value === "string" && value !== "" && value !== this.nullText) return value;
      if (value === null) return this.nullText;
      if (typeof value === "number" && Number.isFinite(value)) return `${value}`;
    }
    try {
      return cellText(value, this.#rules);
    } catch (problem) {
      throw atField(problem, at === undefined ? { row, field } : { row, field, column: at + 1 });
    }
  }
}

/** Where a value stands; rows and columns count from 1. */
interface Place {
  readonly row: number;
  readonly field: string;
  readonly column?: number;
}

/** The error for a value that cannot be written, with where it stands; any other error is the caller's own. */
export function atField(problem: unknown, place: Place): unknown {
  if (!(problem instanceof ValueProblem)) return problem;
  return bulkError(
    "record",
    `Record ${place.row}, field ${place.field}: ${problem.reason}.`,
    place,
  );
}

export function unknownField(field: string, row: number): unknown {
  return bulkError(
    "record",
    `Record ${row} has the field ${field}, which no column is for: name every field in the option columns.`,
    { row, field },
  );
}

/** `{ "Account.Name": "a", Account: { Name: "b" } }` */
export function fieldTwice(field: string, row: number): unknown {
  return bulkError(
    "record",
    `Record ${row} has the field ${field} twice: by its dotted name, and in its parent.`,
    { row, field },
  );
}
