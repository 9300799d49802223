/** What counts as a record or a parent record, and which of its properties are fields. */
import { bulkError } from "../errors.ts";
import { describe, isThenable, tagOf } from "./describe.ts";

/** An object whose own enumerable properties are fields. */
export type Fields = { readonly [name: string]: unknown };

/** Objects of these kinds hold what their own properties do not show. */
const OPAQUE =
  /^(?:Arguments|Array|ArrayBuffer|BigInt|Boolean|DataView|Date|Error|Map|Number|Promise|RegExp|Set|SharedArrayBuffer|String|Symbol|WeakMap|WeakRef|WeakSet|\w+Array)$/;

/**
 * Whether it is a record, or a parent record: `{ Account: { Ext__c: "x" } }`. An instance of a class without fields of its
 * own keeps its data elsewhere; `{}` simply has none.
 */
export function isRecord(value: unknown): value is Fields {
  return holdsFields(value) && (Object.keys(value).length > 0 || isPlain(value));
}

/** The value, or what its `toJSON` says that it is: a Temporal, a URL, a decimal number of a library. */
export function resolved(value: unknown): unknown {
  return typeof value === "object" && value !== null && speaksForItself(value)
    ? value.toJSON()
    : value;
}

/** The record itself: the one of this number, from 1. */
export function recordOf(given: unknown, row: number): Fields {
  const record = resolved(given);
  if (isRecord(record)) return record;
  const rest = isThenable(record)
    ? "an await is missing"
    : "a record is an object of fields and values";
  throw bulkError("record", `Record ${row} is ${describe(given)}: ${rest}.`, { row });
}

/** The fields of a record, with their values. */
export function fieldsOf(record: Fields): [name: string, value: unknown][] {
  return Object.entries(record).filter(([name, value]) => !isAttributes(name, value));
}

/** Whether it is what Salesforce's REST API adds to the records that it reads. */
export function isAttributes(name: string, value: unknown): boolean {
  return name === "attributes" && typeof value === "object" && value !== null;
}

export function isDate(value: unknown): value is Date {
  return tagOf(value) === "Date";
}

function holdsFields(value: unknown): value is Fields {
  return (
    typeof value === "object" && value !== null && !OPAQUE.test(tagOf(value)) && !isThenable(value)
  );
}

/** In any realm. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** A Date is written by its own rule, and the `toJSON` of a Buffer would list its bytes. */
function speaksForItself(value: object): value is { toJSON(): unknown } {
  return (
    "toJSON" in value &&
    typeof value.toJSON === "function" &&
    !isDate(value) &&
    !isThenable(value) &&
    !ArrayBuffer.isView(value)
  );
}
