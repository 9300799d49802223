/** What a value of a record becomes on the wire: the rules, in one place for all three formats. */
import { describe, isThenable } from "./describe.ts";
import { isDate, isRecord, resolved } from "./fields.ts";

/** What CSV says for null. There is no way to write these characters as text. */
export const NULL_TEXT = "#N/A";

export interface ValueRules {
  /** What `""` means: leave the field alone, or set it to null. */
  readonly emptyString?: "ignore" | "null" | undefined;
  /** Refuses texts that would arrive as another. */
  readonly strict?: boolean | undefined;
  /** What null becomes in CSV: {@link NULL_TEXT} by default. */
  readonly nullText?: string | undefined;
}

/** Why a value cannot be written: thrown here, told with its row and field by whoever knows them. */
export class ValueProblem {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

/** A value as every format can carry it. */
type PlainValue = string | number | boolean | null | undefined;

/** The text of a CSV cell; the empty text leaves the field alone. */
export function cellText(value: unknown, rules: ValueRules): string {
  const plain = plainValue(value);
  const nullText = rules.nullText ?? NULL_TEXT;
  if (plain === undefined) return "";
  if (plain === null) return nullText;
  if (plain === "") return rules.emptyString === "null" ? nullText : "";
  const text = String(plain);
  if (rules.strict) checkCell(text, nullText);
  return text;
}

/** The text of a value that can mean only one thing; undefined of any other. */
export function simpleText(value: unknown): string | undefined {
  if (typeof value === "boolean") return value ? "true" : "false";
  return Number.isFinite(value) ? `${value}` : undefined;
}

/** The value in a JSON or XML batch; undefined leaves the field out. */
export function jsonValue(value: unknown, rules: ValueRules): PlainValue {
  const plain = plainValue(value);
  if (plain === "") return rules.emptyString === "null" ? null : undefined;
  if (rules.strict && typeof plain === "string") checkText(plain);
  return plain;
}

function refuse(reason: string): never {
  throw new ValueProblem(reason);
}

function checkCell(text: string, nullText: string): void {
  if (text === nullText) {
    const instead =
      nullText === NULL_TEXT
        ? "send it in a JSON or XML batch of Bulk API 1.0"
        : "choose another text for null";
    refuse(`the text ${nullText} means null in CSV and cannot be stored; ${instead}`);
  }
  checkText(text);
}

function checkText(text: string): void {
  if (hasLoneSurrogate(text)) {
    refuse("the text holds half of a surrogate pair, which would arrive as U+FFFD");
  }
}

/** Half of a character beyond the first 65,536: it has no form in UTF-8. */
export function hasLoneSurrogate(text: string): boolean {
  return /\p{Surrogate}/u.test(text);
}

/** The same for every format. */
function plainValue(value: unknown): PlainValue {
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

function objectValue(value: object): PlainValue {
  if (Array.isArray(value)) return listText(value);
  if (isDate(value)) return dateText(value);
  if (isThenable(value)) return refuse("a promise is no value of a field: an await is missing");
  const meant = resolved(value);
  if (meant !== value) return resolvedValue(meant);
  return refuse(
    isRecord(value)
      ? "an object can only be a parent record, one level deep"
      : `${describe(value)} is no value of a field`,
  );
}

/** What a `toJSON` gave is not asked for its own. */
function resolvedValue(value: unknown): PlainValue {
  if (typeof value !== "object" || value === null || Array.isArray(value) || isDate(value)) {
    return plainValue(value);
  }
  return refuse(`a toJSON that gives ${describe(value)} makes no value of a field`);
}

/** A multi-select picklist. */
function listText(list: readonly unknown[]): string {
  for (const item of list) {
    if (typeof item !== "string")
      refuse("an array must hold texts, the values of a multi-select picklist");
    if (item.includes(";"))
      refuse(`"${item}" holds a semicolon, which separates the values of a multi-select picklist`);
  }
  return list.join(";");
}

function dateText(date: Date): string {
  return Number.isNaN(date.getTime()) ? refuse("the Date is invalid") : date.toISOString();
}
