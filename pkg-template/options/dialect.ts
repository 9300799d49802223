/** Delimiters and line ends. */
import type { ColumnDelimiter, LineEnding } from "../types/rows.d.ts";
import { choice } from "./checks.ts";

export type { ColumnDelimiter, LineEnding };

/** The names of the delimiters, by their characters. */
const NAMES: Readonly<Record<string, ColumnDelimiter>> = {
  "`": "BACKQUOTE",
  "^": "CARET",
  ",": "COMMA",
  "|": "PIPE",
  ";": "SEMICOLON",
  "\t": "TAB",
};

/** By its name, as the API takes it. */
export function delimiter(value: unknown, name: string): ColumnDelimiter {
  return choice(...Object.values(NAMES))(value, name);
}

/** By its name or its character. */
export function anyDelimiter(value: unknown, name: string): ColumnDelimiter {
  const allowed = choice(...Object.values(NAMES), ...Object.keys(NAMES))(value, name);
  return NAMES[allowed] ?? delimiter(allowed, name);
}

export function lineEnding(value: unknown, name: string): LineEnding {
  return choice("LF", "CRLF")(value, name);
}
