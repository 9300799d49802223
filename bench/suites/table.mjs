/**
 * What a suite finds out.
 *
 * @typedef {object} Table
 * @property {string} id
 * @property {string} title
 * @property {string} ours the contender that all others are compared with
 * @property {{ id: string, name: string, speed: number }[]} rows `speed` is in MB/s
 */
import { megabytesPerSecond, race } from "../measure.mjs";

/**
 * Times contenders that all get through the same bytes.
 *
 * @param {Omit<Table, "rows" | "ours">} about
 * @param {number} bytes
 * @param {number} rounds
 * @param {{ id: string, name: string, run: () => Promise<void> }[]} contenders
 * @returns {Promise<Table>}
 */
export async function raceTable(about, bytes, rounds, contenders) {
  const best = await race(contenders, rounds);
  const rows = contenders.map(({ id, name }) => ({
    id,
    name,
    speed: megabytesPerSecond(bytes, best[id]),
  }));
  return { ...about, ours: rows[0].id, rows };
}

export function size(bytes) {
  const megabytes = bytes / 1e6;
  return `${megabytes.toFixed(megabytes < 10 ? 1 : 0)} MB`;
}
