import type { Cell } from "./cells.ts";

/** A row as an object; nested, with objects for the parents. */
export interface ObjectRow {
  [name: string]: Cell | ObjectRow;
}

/** Makes a field, whatever its name. */
export function define(row: ObjectRow, name: string, value: Cell | ObjectRow): void {
  Object.defineProperty(row, name, {
    value,
    configurable: true,
    enumerable: true,
    writable: true,
  });
}
