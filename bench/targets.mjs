/** What we hold ourselves to, and whether it is so. */

/** @typedef {{ text: string, table: string, ours: string, than?: string, times?: number, speed?: number }} Target */

/** At least so many times as fast as another contender. */
const times = (number, table, ours, than, text) => ({ text, table, ours, than, times: number });

/** At least so many MB/s. */
const speed = (number, table, ours, text) => ({ text, table, ours, speed: number });

/** @type {Target[]} */
const targets = [
  times(2, "read ascii", "objects", "udsv", "reads ascii at least 2 × as fast as uDSV"),
  times(1.5, "read mixed", "objects", "udsv", "reads mixed at least 1.5 × as fast as uDSV"),
  times(1.9, "read notes", "objects", "udsv", "reads notes at least 1.9 × as fast as uDSV"),
  times(1.6, "read accented", "objects", "udsv", "reads accented at least 1.6 × as fast as uDSV"),
  times(8, "read ascii", "objects", "papaparse", "reads ascii at least 8 × as fast as PapaParse"),
  times(8, "read mixed", "objects", "papaparse", "reads mixed at least 8 × as fast as PapaParse"),
  times(20, "read ascii", "objects", "csv-parse", "reads ascii at least 20 × as fast as csv-parse"),
  times(20, "read mixed", "objects", "csv-parse", "reads mixed at least 20 × as fast as csv-parse"),
  times(
    0.8,
    "schemas",
    "tenth",
    "first",
    "reads a tenth schema at least 0.8 × as fast as the first",
  ),
  times(5, "write ascii", "columns", "papaparse", "writes at least 5 × as fast as PapaParse"),
  times(
    7,
    "write ascii",
    "columns",
    "csv-stringify",
    "writes at least 7 × as fast as csv-stringify",
  ),
  times(2, "write ascii", "columns", "d3-dsv", "writes at least 2 × as fast as d3-dsv"),
  speed(1000, "split", "stream", "splits a stream at 1 GB/s or more"),
  speed(1000, "split", "blob", "splits a Blob at 1 GB/s or more"),
  speed(1000, "json", "split", "splits JSON at 1 GB/s or more"),
];

/**
 * The targets that these tables can tell about.
 *
 * @param {import("./suites/table.mjs").Table[]} tables
 * @returns {{ text: string, met: boolean, found: string }[]}
 */
export function judged(tables) {
  return targets.flatMap((target) => {
    const table = tables.find(({ id }) => id === target.table);
    return table ? [judge(target, table)] : [];
  });
}

/**
 * @param {Target} target
 * @param {import("./suites/table.mjs").Table} table
 */
function judge({ text, ours, than, times, speed }, { rows }) {
  const speedOf = (wanted) => rows.find(({ id }) => id === wanted)?.speed ?? Number.NaN;
  if (times === undefined) {
    return { text, met: speedOf(ours) >= (speed ?? 0), found: `${speedOf(ours).toFixed(0)} MB/s` };
  }
  const ratio = speedOf(ours) / speedOf(than);
  return { text, met: ratio >= times, found: `${ratio.toFixed(2)} ×` };
}
