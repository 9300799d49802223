/** Records from JSON as Salesforce writes it: each object, at every level, carries `attributes` that say its type. */
import { bulkError } from "../errors.ts";

/** Makes objects of the text of a JSON array. */
export type ParseRecords = (text: string) => object[];

export function parseRecords(text: string): object[] {
  return parseJson(text).map((record) => objectWithoutAttributes(record));
}

/** Where records end is known, but not whether each of them is JSON. */
export function parseJson(text: string): object[] {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const what = "The result is broken: a record in it is not JSON. Read it again.";
    throw bulkError("response", what, { cause, retryable: true });
  }
}

function withoutAttributes(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Array.isArray(value) ? value.map(withoutAttributes) : objectWithoutAttributes(value);
}

/** A field may not be called `attributes`; a spread, unlike `delete`, leaves the objects quick to read. */
function objectWithoutAttributes(object: { attributes?: unknown }): object {
  const { attributes: _, ...rest } = object;
  const fields: { [name: string]: unknown } = rest;
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    if (typeof value === "object" && value !== null) fields[name] = withoutAttributes(value);
  }
  return fields;
}
