/** Contacts as objects, as a program has them that is about to load them. */
import { columns } from "./contact.mjs";
import { rowsOf, shapes } from "./shapes.mjs";

export { columns };

const convert = {
  IsDeleted: (text) => text === "true",
  Amount__c: (text) => (text === "" ? null : Number(text)),
};

/** Records without end. */
export function* records(shape) {
  for (const cells of rowsOf(shapes[shape])) yield record(cells);
}

/** Mostly strings; a number, a boolean, and null for what is empty. */
function record(cells) {
  const entries = columns.map((name, at) => [name, value(name, cells[at])]);
  return Object.fromEntries(entries);
}

function value(name, text) {
  return convert[name] ? convert[name](text) : text || null;
}

/**
 * So many records, by way of JSON: strings that a program has received are flat, and those that the generator has put
 * together are not.
 */
export function firstRecords(shape, count) {
  const source = records(shape);
  const made = Array.from({ length: count }, () => source.next().value);
  return JSON.parse(JSON.stringify(made));
}
