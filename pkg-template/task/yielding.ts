/** Turns for others: work that never waits would let no timer, no click and no abort through. */

/** As many milliseconds the work may hold the thread. */
const HOLD = 40;

export class Breath {
  #since = performance.now();

  /** Gives others their turn, if it is time. Undefined where it is not: awaiting nothing costs too. */
  take() {
    if (performance.now() - this.#since < HOLD) return undefined;
    return turn().then(() => {
      this.#since = performance.now();
    });
  }
}

/** The shortest that the host has: a timer may wait four milliseconds. */
function turn() {
  if (typeof globalThis.scheduler?.yield === "function") return globalThis.scheduler.yield();
  const later = globalThis.setImmediate ?? setTimeout;
  return new Promise((resolve) => later(resolve));
}
