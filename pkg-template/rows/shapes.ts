/** How rows are made of what was read, in each shape. */
import { arrayRows } from "../csv/row/arrays.ts";
import type { RowOptions, RowShape } from "../csv/row/cells.ts";
import { lazyRows } from "../csv/row/lazy.ts";
import { objectRows } from "../csv/row/objects.ts";
import { bulkError } from "../errors.ts";
import type { Shape } from "./row-feed.ts";

export type { RowOptions };

/** Of CSV: makes the function that turns the chunks under a header into rows. */
export function shapeOfCells(shape: Shape): RowShape<unknown> {
  switch (shape) {
    case "objects":
      return objectRows;
    case "arrays":
      return arrayRows;
    case "lazy":
      return lazyRows;
  }
}

/** Of records that are objects already: makes the function that turns them into rows. */
export function shapeOfRecords(shape: Shape): (records: object[]) => unknown[] {
  switch (shape) {
    case "objects":
      return (records) => records;
    case "arrays":
      return valueArrays();
    case "lazy":
      return (records) => records.map(withMethods);
  }
}

/** Every record of a result has the same fields; the first one says in which order. */
function valueArrays(): (records: object[]) => unknown[][] {
  let names: string[] | undefined;
  return (records) =>
    records.map((record) => {
      names ??= Object.keys(record);
      const values = new Map(Object.entries(record));
      const row = names.map((name) => take(values, name));
      const [unknown] = values.keys();
      if (unknown !== undefined) throw unknownField(unknown);
      return row;
    });
}

function take(values: Map<string, unknown>, name: string): unknown {
  const value = values.get(name);
  values.delete(name);
  return value ?? null;
}

/** Its fields would not fit under the columns, and none may be dropped. */
function unknownField(name: string): Error {
  const text = `A record has the field ${name.slice(0, 80)}, which the first record has not: read the rows as objects.`;
  return bulkError("response", text);
}

/** As a lazy row of CSV; a record that was parsed has nothing left to be lazy about. */
function withMethods(record: object): object {
  const toObject = { value: () => ({ ...record }) };
  for (const name of ["toObject", "toJSON"]) {
    if (!Object.hasOwn(record, name)) Object.defineProperty(record, name, toObject);
  }
  return record;
}
