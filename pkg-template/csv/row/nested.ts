/** Rows with parents: `Account.Name` is the field `Name` of the object `Account`. */
import { bulkError } from "../../errors.ts";
import { type Cells, cellAt } from "./cells.ts";
import { define, type ObjectRow } from "./define.ts";

/** Which object of a row something goes into, by its number, and under which name. The row itself is 0. */
interface Place {
  readonly parent: number;
  readonly name: string;
}

/** What a row is made of, one after another: a cell, or an object for those that come. It gets the next number. */
type Step = Place & ({ readonly column: number } | { readonly column: undefined });

/** Makes the function that turns one row, whose bounds begin at `at`, into an object. */
export function nestedRow(
  header: readonly string[],
  empty: null | "",
): (cells: Cells, at: number) => ObjectRow {
  const steps = stepsOf(header);
  return (cells, at) => {
    const row: ObjectRow = {};
    const objects = [row];
    for (const { parent, name, column } of steps) {
      const object = objects[parent] ?? row;
      if (column === undefined) objects.push(newObject(object, name));
      else define(object, name, cellAt(cells, at + 2 * column, empty));
    }
    return row;
  };
}

function newObject(parent: ObjectRow, name: string): ObjectRow {
  const object: ObjectRow = {};
  define(parent, name, object);
  return object;
}

/** In the order of the columns. */
function stepsOf(header: readonly string[]): Step[] {
  const steps: Step[] = [];
  const numbers = new Map([["", 0]]);
  const numberOf = (path: string): number => {
    const known = numbers.get(path);
    if (known !== undefined) return known;
    steps.push({ ...placeOf(path, numberOf), column: undefined });
    numbers.set(path, numbers.size);
    return numbers.size - 1;
  };
  for (const [column, path] of header.entries()) steps.push({ ...placeOf(path, numberOf), column });
  refuseFieldsThatAreParents(header, numbers);
  return steps;
}

/** A name whose dots stand between nothing is no path. */
function placeOf(path: string, numberOf: (path: string) => number): Place {
  const dot = path.split(".").includes("") ? -1 : path.lastIndexOf(".");
  if (dot < 0) return { parent: 0, name: path };
  return { parent: numberOf(path.slice(0, dot)), name: path.slice(dot + 1) };
}

function refuseFieldsThatAreParents(
  header: readonly string[],
  numbers: ReadonlyMap<string, number>,
): void {
  for (const [at, name] of header.entries()) {
    if (name !== "" && numbers.has(name)) throw bothFieldAndParent(name, at + 1);
  }
}

function bothFieldAndParent(name: string, column: number): Error {
  const shown = JSON.stringify(name.slice(0, 80));
  const text =
    `The header has ${shown} (row 1, column ${column}) and fields of it too: it cannot be both a value and an object. ` +
    "Read the rows without nested.";
  return bulkError("csv", text, { row: 1, column });
}
