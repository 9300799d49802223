/** Which columns the records have, and the cells of each record under them. */
import { bulkError } from "../errors.ts";
import { cellText, isParent, ValueProblem } from "./values.ts";

/** As many records are looked at before the header is written. */
export const WINDOW = 10_000;

/**
 * The union of the records' fields, in the order in which they first appear.
 *
 * A parent that is null in some records and an object in others is no column of its own: its fields are.
 *
 * @param {object[]} records
 * @returns {string[]}
 */
export function unionOf(records) {
  /** Each with whether any record has a value there. */
  const columns = new Map();
  const parents = new Set();
  for (const record of records) {
    for (const name of Object.keys(record)) {
      // Most fields of most records are known already.
      if (columns.get(name) && typeof record[name] !== "object") continue;
      noteField(columns, parents, name, record[name]);
    }
  }
  return [...columns]
    .filter(([name, filled]) => filled || !parents.has(name))
    .map(([name]) => name);
}

function noteField(columns, parents, name, value) {
  if (!isParent(value)) {
    columns.set(name, columns.get(name) || (value !== null && value !== undefined));
  } else if (name !== "attributes") {
    parents.add(name);
    for (const [field] of fieldsOf(value)) columns.set(`${name}.${field}`, true);
  }
}

/** The fields of a record. Salesforce's `attributes`, in records that were read by its REST API, are none. */
export function fieldsOf(record) {
  return Object.entries(record).filter(
    ([name, value]) => name !== "attributes" || !isParent(value),
  );
}

/** Throws unless `record`, the one of this number, can be a record at all. */
export function checkRecord(record, row) {
  if (isParent(record)) return;
  const kind = Array.isArray(record) ? "an array" : record === null ? "null" : `a ${typeof record}`;
  const text =
    typeof record === "object" && !Array.isArray(record) && record !== null ? "a Date" : kind;
  throw bulkError(
    "record",
    `Record ${row} is ${text}: a record is an object of fields and values.`,
    { row },
  );
}

/** Cells under a header. */
export class Columns {
  #at = new Map();
  #children = new Map();
  #rules;

  /**
   * @param {readonly string[]} names
   * @param {import("./values.ts").ValueRules} rules
   */
  constructor(names, rules) {
    this.names = names;
    this.#rules = rules;
    for (const [at, name] of names.entries()) {
      this.#at.set(name, at);
      this.#note(name, at);
    }
  }

  /**
   * The texts of a record's cells, one a column.
   *
   * @param {object} record
   * @param {number} row from 1
   * @returns {string[]}
   */
  cells(record, row) {
    const cells = new Array(this.names.length).fill("");
    for (const name of Object.keys(record)) {
      const value = record[name];
      const at = this.#at.get(name);
      if (at === undefined || isParent(value)) this.#spread(cells, name, value, row);
      else cells[at] = this.#text(value, name, at, row);
    }
    return cells;
  }

  /** A field with no column of its own: a parent, or one that nobody announced. */
  #spread(cells, name, value, row) {
    if (value === undefined) return;
    const children = this.#children.get(name);
    if (value === null && children !== undefined) {
      for (const at of children) cells[at] = this.#text(null, this.names[at], at, row);
    } else if (!isParent(value)) {
      throw unknownField(name, row);
    } else if (name !== "attributes") {
      this.#spreadParent(cells, name, value, row);
    }
  }

  #spreadParent(cells, parent, record, row) {
    for (const [field, value] of fieldsOf(record)) {
      const name = `${parent}.${field}`;
      const at = this.#at.get(name);
      if (at !== undefined) cells[at] = this.#text(value, name, at, row);
      else if (value !== undefined) throw unknownField(name, row);
    }
  }

  #text(value, name, at, row) {
    if (typeof value === "string" && value !== "" && value !== "#N/A") return value;
    try {
      return cellText(value, this.#rules);
    } catch (problem) {
      throw atField(problem, { row, field: name, column: at + 1 });
    }
  }

  /** Remembers which columns a null parent clears. */
  #note(name, at) {
    const dot = name.indexOf(".");
    if (dot < 0) return;
    const parent = name.slice(0, dot);
    this.#children.set(parent, [...(this.#children.get(parent) ?? []), at]);
  }
}

/** The error for a value that cannot be written, with where it stands. */
export function atField(problem, where) {
  if (!(problem instanceof ValueProblem)) return problem;
  return bulkError(
    "record",
    `Record ${where.row}, field ${where.field}: ${problem.reason}.`,
    where,
  );
}

export function unknownField(name, row) {
  return bulkError(
    "record",
    `Record ${row} has the field ${name}, which no column is for: name every field in the option columns.`,
    { row, field: name },
  );
}
