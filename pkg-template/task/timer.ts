/** A timer that Rust waits for, and that can be cleared. */
import { LONGEST_TIMER } from "../options/checks.ts";

export class Timer {
  #handle;
  #resolve;
  #done;

  /**
   * @param {number} ms
   * @param {<T>(promise: Promise<T>) => Promise<T>} guard
   */
  constructor(ms, guard) {
    this.#done = guard(
      new Promise((resolve) => {
        this.#resolve = resolve;
        this.#handle = setTimeout(resolve, Math.min(ms, LONGEST_TIMER));
      }),
    );
  }

  /** Settles when the time is over, or the timer is cleared. */
  done() {
    return this.#done;
  }

  /** Whoever waits is woken, not left: a promise that never settles would keep its wasm closures. */
  clear() {
    clearTimeout(this.#handle);
    this.#resolve();
  }
}
