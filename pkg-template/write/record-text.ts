/** The texts of a plain record's values, one after another, and how many columns it has no value for. */
import { cellText, simpleText, type ValueRules } from "./values.ts";

export class RecordText {
  readonly #rules: ValueRules;
  readonly #null: string;
  /** Text is written as it is, whatever it says. */
  readonly plain: boolean;
  /** Columns that the record has had no value for so far. */
  absent = 0;

  constructor(rules: ValueRules) {
    this.#rules = rules;
    this.#null = cellText(null, rules);
    this.plain = !rules.strict && rules.emptyString !== "null";
  }

  /** Another record comes. */
  begin(): void {
    this.absent = 0;
  }

  /** The cell of a value that is no text, or that may mean something else. */
  readonly of = (value: unknown): string => {
    if (value === null) return this.#null;
    if (value === undefined) {
      this.absent += 1;
      return "";
    }
    // Under `strict` a number may be the text that means null.
    const simple = this.#rules.strict ? undefined : simpleText(value);
    return simple ?? cellText(value, this.#rules);
  };
}
