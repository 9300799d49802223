/** Records from JSON as Salesforce writes it: each object, at every level, carries `attributes` that say its type. */

/**
 * @param {string} text a JSON array
 * @returns {Record<string, unknown>[]}
 */
export function parseRecords(text) {
  return JSON.parse(text).map(plain);
}

function plain(value) {
  if (typeof value !== "object" || value === null) return value;
  return Array.isArray(value) ? value.map(plain) : plainObject(value);
}

/** A field may not be called `attributes`; a spread, unlike `delete`, leaves the objects quick to read. */
function plainObject(object) {
  const { attributes, ...fields } = object;
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    if (typeof value === "object" && value !== null) fields[name] = plain(value);
  }
  return fields;
}
