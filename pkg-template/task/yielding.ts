/** Work that never waits would let no timer, no click and no abort through: so it yields the thread now and then. */
import { stopwatch } from "./clock.ts";

/** As many milliseconds the work may hold the thread. */
const HOLD = 40;

export class Yielder {
  #since: number = stopwatch();

  /** Yields, if it is time. Undefined where it is not: awaiting nothing costs too. */
  yieldIfDue(): Promise<void> | undefined {
    if (stopwatch() - this.#since < HOLD) return undefined;
    return yieldThread().then(() => {
      this.#since = stopwatch();
    });
  }
}

interface Host {
  scheduler?: { yield?: () => Promise<void> };
  setImmediate?: (callback: () => void) => unknown;
}

/** The shortest that the host has: a timer may wait four milliseconds. */
function yieldThread(): Promise<void> {
  const { scheduler, setImmediate }: Host = globalThis;
  if (typeof scheduler?.yield === "function") return scheduler.yield();
  return new Promise((resolve) => (setImmediate ?? setTimeout)(resolve));
}
