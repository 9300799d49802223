/** CSV as plain as can be: every cell is text. */

/** The rows of a CSV under its header. @param {string} text */
export function parse(text) {
  const [header, ...rows] = lines(text);
  return rows.map((row) => Object.fromEntries(header.map((name, at) => [name, row[at]])));
}

/** Rows as CSV; null leaves a cell empty. @param {Record<string, unknown>[]} rows */
export function format(rows) {
  const header = Object.keys(rows[0]);
  const line = (cells) => `${cells.map(cell).join(",")}\n`;
  return line(header) + rows.map((row) => line(header.map((name) => row[name]))).join("");
}

const cell = (value) => `"${String(value ?? "").replaceAll('"', '""')}"`;

/** A cell, and what ends it: a comma, the end of the line, or the end of the text. */
const CELL = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;

function lines(text) {
  const found = [];
  let row = [];
  for (const [, quoted, bare, end] of text.matchAll(CELL)) {
    const last = row.length === 0 && end === "" && bare === "";
    if (last) break;
    row.push(quoted?.replaceAll('""', '"') ?? bare);
    if (end === ",") continue;
    found.push(row);
    row = [];
  }
  return found;
}
