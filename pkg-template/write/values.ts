/** What a value of a record becomes on the wire: the rules, in one place for all three formats. */

/** What CSV says for null. There is no way to write these three characters as text. */
export const NULL_TEXT = "#N/A";

/** Why a value cannot be written: thrown here, told with its row and field by whoever knows them. */
export class ValueProblem {
  constructor(reason) {
    this.reason = reason;
  }
}

const refuse = (reason) => {
  throw new ValueProblem(reason);
};

/**
 * @typedef {{ emptyString?: "ignore" | "null", strict?: boolean, nullText?: string }} ValueRules
 */

/**
 * The text of a CSV cell; the empty text leaves the field alone.
 *
 * @param {unknown} value
 * @param {ValueRules} rules
 * @returns {string}
 */
export function cellText(value, rules) {
  const plain = plainValue(value);
  const nullText = rules.nullText ?? NULL_TEXT;
  if (plain === undefined) return "";
  if (plain === null) return nullText;
  if (plain === "") return rules.emptyString === "null" ? nullText : "";
  if (plain === nullText && rules.strict) {
    refuse(
      `the text ${nullText} means null in CSV and cannot be stored; send it in a JSON or XML batch of Bulk API 1.0`,
    );
  }
  return typeof plain === "string" ? plain : String(plain);
}

/** The text of a value that can mean only one thing; undefined of any other. */
export function simpleText(value) {
  if (typeof value === "boolean") return value ? "true" : "false";
  return Number.isFinite(value) ? `${value}` : undefined;
}

/**
 * The value in a JSON or XML batch; undefined leaves the field out.
 *
 * @param {unknown} value
 * @param {ValueRules} rules
 * @returns {string | number | boolean | null | undefined}
 */
export function jsonValue(value, rules) {
  const plain = plainValue(value);
  return plain === "" && rules.emptyString === "null" ? null : plain === "" ? undefined : plain;
}

/** Text, a number, a boolean, null or undefined: the same for every format. */
function plainValue(value) {
  switch (typeof value) {
    case "string":
    case "boolean":
    case "undefined":
      return value;
    case "number":
      return Number.isFinite(value)
        ? value
        : refuse(`${value} is no number that can be stored; null clears a field`);
    case "bigint":
      // As text: JSON readers would round a number of that size.
      return String(value);
    case "object":
      return value === null ? null : objectValue(value);
    default:
      return refuse(`a ${typeof value} is no value of a field`);
  }
}

function objectValue(value) {
  if (Array.isArray(value)) return listText(value);
  if (isDate(value)) return dateText(value);
  return refuse("an object can only be a parent record, one level deep");
}

/** A multi-select picklist. */
function listText(list) {
  for (const item of list) {
    if (typeof item !== "string")
      refuse("an array must hold texts, the values of a multi-select picklist");
    if (item.includes(";"))
      refuse(`"${item}" holds a semicolon, which separates the values of a multi-select picklist`);
  }
  return list.join(";");
}

function dateText(date) {
  return Number.isNaN(date.getTime()) ? refuse("the Date is invalid") : date.toISOString();
}

/** Of any realm. */
function isDate(value) {
  return Object.prototype.toString.call(value) === "[object Date]";
}

/** Whether it is a parent record: `{ Account: { Ext__c: "x" } }`. */
export function isParent(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isDate(value);
}
