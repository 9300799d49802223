/** A timer that Rust waits for, and that can be cleared. */
import { LONGEST_TIMER } from "../options/checks.ts";
import type { Guard } from "./trouble.ts";

export class Timer {
  readonly #done: Promise<void>;
  readonly #onEnd: () => void;
  #handle: ReturnType<typeof setTimeout> | undefined;
  #resolve: () => void = () => {};

  constructor(ms: number, guard: Guard, onEnd: () => void = () => {}) {
    this.#onEnd = onEnd;
    const over = new Promise<void>((resolve) => {
      this.#resolve = resolve;
      this.#handle = setTimeout(resolve, Math.min(ms, LONGEST_TIMER));
    });
    this.#done = guard(over);
  }

  /** Settles when the time is over, or the timer is cleared. */
  done(): Promise<void> {
    return this.#done;
  }

  /** Whoever waits is woken, not left: a promise that never settles would keep its wasm closures. */
  clear(): void {
    clearTimeout(this.#handle);
    this.#resolve();
    this.#onEnd();
  }
}
