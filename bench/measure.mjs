/** Time: the best of some rounds, in which all take turns, so that what disturbs one disturbs all. */

/**
 * @param {{ id: string, run: () => Promise<void> }[]} contenders
 * @param {number} rounds
 * @returns {Promise<Record<string, number>>} the seconds that each took at best
 */
export async function race(contenders, rounds) {
  for (const { run } of contenders) await run();
  /** @type {Record<string, number>} */
  const best = {};
  for (let round = 0; round < rounds; round++) {
    for (const { id, run } of contenders) {
      best[id] = Math.min(best[id] ?? Infinity, await seconds(run));
    }
  }
  return best;
}

async function seconds(run) {
  const begun = performance.now();
  await run();
  return (performance.now() - begun) / 1000;
}

/** Firefox counts whole milliseconds; what takes less than one has taken one. */
const tick = 0.001;

export function megabytesPerSecond(bytes, seconds) {
  return bytes / 1e6 / (seconds || tick);
}
