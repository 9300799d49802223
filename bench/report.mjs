/** What has been found out, for people: as plain text, or as Markdown. */
import { judged } from "./targets.mjs";

/** @typedef {{ heading: string[], rows: string[][] }} Grid */

/**
 * @param {import("./suites/table.mjs").Table} table
 * @returns {Grid}
 */
export function gridOf({ ours, rows }) {
  const own = rows.find(({ id }) => id === ours)?.speed ?? Number.NaN;
  const line = ({ id, name, speed }) => [
    name,
    speed.toFixed(0),
    id === ours ? "" : ratio(own, speed),
  ];
  return { heading: ["", "MB/s", "the first is"], rows: rows.map(line) };
}

function ratio(own, speed) {
  const times = own / speed;
  return `${times.toFixed(times < 1 ? 2 : 1)} × as fast`;
}

/**
 * @param {Grid} grid
 * @param {boolean} [markdown]
 */
export function formatted({ heading, rows }, markdown = false) {
  const all = [heading, ...rows];
  const widths = heading.map((_, column) => Math.max(...all.map((row) => row[column].length)));
  const lines = all.map((row) => row.map((cell, column) => pad(cell, widths[column], column)));
  if (!markdown) return lines.map((line) => line.join("  ").trimEnd()).join("\n");
  const [first, ...others] = lines;
  return [first, widths.map(rule), ...others].map((line) => `| ${line.join(" | ")} |`).join("\n");
}

/** The line below a heading, which says where cells are aligned. */
function rule(width, column) {
  return column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`;
}

/** Names to the left, numbers to the right. */
function pad(cell, width, column) {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}

/**
 * @param {import("./suites/table.mjs").Table} table
 * @param {boolean} [markdown]
 */
export function tableText(table, markdown = false) {
  const title = markdown ? `**${table.title}**` : table.title;
  return `${title}\n\n${formatted(gridOf(table), markdown)}\n`;
}

/** @param {import("./suites/table.mjs").Table[]} tables */
export function targetsText(tables) {
  const lines = judged(tables).map(
    ({ text, met, found }) => `  ${met ? "met    " : "not met"}  ${text}: ${found}`,
  );
  return lines.length > 0 ? ["Targets", ...lines, ""].join("\n") : "";
}
