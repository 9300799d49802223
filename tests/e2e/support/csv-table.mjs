/**
 * What the codec reads: the behaviours that PapaParse and Rust's csv crate document for theirs, and what ours is.
 *
 * Of each case the records are what is read, the header first, with empty cells as "". Where there is an error too, it
 * comes after the records. `differs` says where one of the others does something else, and what.
 *
 * @typedef {{
 *   name: string, input: string | number[], options?: object, records?: string[][], error?: object, differs?: string
 * }} Case
 */
import { lines } from "./csv-table-lines.mjs";
import { quotes } from "./csv-table-quotes.mjs";
import { rest } from "./csv-table-rest.mjs";

/** @type {Case[]} */
export const table = [...quotes, ...lines, ...rest];
