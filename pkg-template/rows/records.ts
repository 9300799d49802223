/** Records from JSON as Salesforce writes it: each object, at every level, carries `attributes` that say its type. */
import { bulkError } from "../errors.ts";

/**
 * @param {string} text a JSON array
 * @returns {Record<string, unknown>[]}
 */
export function parseRecords(text) {
  return parseJson(text).map(withoutAttributes);
}

/**
 * Where records end is known, but not whether each of them is JSON.
 *
 * @param {string} text a JSON array
 * @returns {any[]}
 */
export function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const what = "The result is broken: a record in it is not JSON. Read it again.";
    throw bulkError("response", what, { cause, retryable: true });
  }
}

function withoutAttributes(value) {
  if (typeof value !== "object" || value === null) return value;
  return Array.isArray(value) ? value.map(withoutAttributes) : objectWithoutAttributes(value);
}

/** A field may not be called `attributes`; a spread, unlike `delete`, leaves the objects quick to read. */
function objectWithoutAttributes(object) {
  const { attributes, ...fields } = object;
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    if (typeof value === "object" && value !== null) fields[name] = withoutAttributes(value);
  }
  return fields;
}
