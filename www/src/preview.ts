/** The first rows of a CSV file, to look at before it is loaded. What is sent is the file itself. */

/** How far into a file the preview looks. */
const lookedAt = 256 * 1024;
const shown = 5;
const delimiters = [",", ";", "\t", "|", "^", "`"];

export interface Preview {
  header: string[];
  rows: string[][];
}

/** Null where there is not even a header. */
export async function preview(file: Blob): Promise<Preview | null> {
  const text = (await file.slice(0, lookedAt).text()).replace(/^\uFEFF/, "");
  const [header, ...rows] = firstRows(text, delimiterOf(text), shown + 1);
  if (!header) return null;
  return { header, rows: rows.filter((row) => row.length > 1 || row[0] !== "") };
}

/** The delimiter that the header has most of. */
function delimiterOf(text: string): string {
  const [line = ""] = text.split(/[\r\n]/, 1);
  const often = (delimiter: string) => line.split(delimiter).length;
  return delimiters.reduce((best, other) => (often(other) > often(best) ? other : best));
}

/** One match is one cell, quoted or not, and what ends it. */
function firstRows(text: string, delimiter: string, limit: number): string[][] {
  const end = `(\\${delimiter}|\\r\\n|\\n|\\r|$)`;
  const cells = new RegExp(`(?:"((?:[^"]|"")*)"|([^\\${delimiter}\\r\\n]*))${end}`, "g");
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain = "", ended = ""] of text.matchAll(cells)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (ended === delimiter) continue;
    rows.push(row);
    row = [];
    if (rows.length === limit || ended === "") break;
  }
  return rows;
}
