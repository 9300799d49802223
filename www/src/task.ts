/** One piece of work at a time: its buttons, its Stop, its status and its failure. */
import { clearFailure, showFailure } from "./failure.ts";
import type { Status } from "./status.ts";

interface Parts {
  status: Status;
  failure: HTMLElement;
  stop: HTMLButtonElement;
  /** What may not be started meanwhile. */
  starters: HTMLButtonElement[];
}

/** Resolves with what to say at the end. */
type Work = (signal: AbortSignal) => Promise<string>;

export class Task {
  readonly #parts: Parts;
  #controller: AbortController | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    parts.stop.addEventListener("click", () => this.stop());
  }

  get isRunning(): boolean {
    return this.#controller !== null;
  }

  stop(): void {
    this.#controller?.abort();
  }

  /** Does the work, unless some is being done already. */
  async run(opening: string, work: Work): Promise<void> {
    if (this.isRunning) return;
    const controller = this.#begin(opening);
    const { status, failure } = this.#parts;
    try {
      status.end(await work(controller.signal), true);
    } catch (error) {
      status.end(controller.signal.aborted ? "Stopped" : "Failed", false);
      if (!controller.signal.aborted) showFailure(failure, error);
    } finally {
      this.#finish();
    }
  }

  #begin(opening: string): AbortController {
    const controller = new AbortController();
    this.#controller = controller;
    clearFailure(this.#parts.failure);
    this.#parts.status.begin(opening);
    this.#lock(true);
    return controller;
  }

  #finish(): void {
    this.#controller = null;
    this.#lock(false);
  }

  /** A button that is disabled loses the focus: hand it to the one that takes its place. */
  #lock(isRunning: boolean): void {
    const { starters, stop } = this.#parts;
    const [first] = starters;
    const focused = document.activeElement;
    stop.disabled = !isRunning;
    if (isRunning && starters.some((button) => button === focused)) stop.focus();
    for (const button of starters) button.disabled = isRunning;
    if (!isRunning && focused === stop) first?.focus();
  }
}
