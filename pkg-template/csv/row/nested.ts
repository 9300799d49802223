/** Rows with parents: `Account.Name` is the field `Name` of the object `Account`. */

import { bulkError } from "../../errors.ts";
import { cellAt, define } from "./cells.ts";

/**
 * @param {string[]} header
 * @param {null | ""} empty
 * @returns {(cells: import("./cells.ts").Cells, at: number) => Record<string, any>}
 */
export function nestedRows(header, empty) {
  const steps = stepsOf(header);
  return (cells, at) => {
    const objects = [{}];
    for (const { parent, name, column } of steps) {
      const value = column < 0 ? {} : cellAt(cells, at + 2 * column, empty);
      define(objects[parent], name, value);
      if (column < 0) objects.push(value);
    }
    return objects[0];
  };
}

/**
 * What a row is made of, in the order of the columns: `{ parent, name, column }` puts a cell into an object, and a column
 * below zero says that it is a new object. Objects are numbered as they come, the row itself first.
 */
function stepsOf(header) {
  const steps = [];
  const numbers = new Map([["", 0]]);
  const numberOf = (path) => {
    if (!numbers.has(path)) {
      steps.push({ ...placeOf(path, numberOf), column: -1 });
      numbers.set(path, numbers.size);
    }
    return numbers.get(path);
  };
  for (const [column, path] of header.entries()) steps.push({ ...placeOf(path, numberOf), column });
  refuseFieldsThatAreParents(header, numbers);
  return steps;
}

/** A name whose dots stand between nothing is no path. */
function placeOf(path, numberOf) {
  const dot = path.split(".").includes("") ? -1 : path.lastIndexOf(".");
  if (dot < 0) return { parent: 0, name: path };
  return { parent: numberOf(path.slice(0, dot)), name: path.slice(dot + 1) };
}

function refuseFieldsThatAreParents(header, numbers) {
  const column = header.findIndex((name) => name !== "" && numbers.has(name)) + 1;
  if (column === 0) return;
  const name = JSON.stringify(header[column - 1].slice(0, 80));
  const text =
    `The header has ${name} (row 1, column ${column}) and fields of it too: it cannot be both a value and an object. ` +
    "Read the rows without nested.";
  throw bulkError("csv", text, { row: 1, column });
}
