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
  #running: Promise<void> = Promise.resolve();

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

  /** Stops, and forgets how the last work went. */
  async reset(): Promise<void> {
    this.stop();
    await this.#running;
    clearFailure(this.#parts.failure);
    this.#parts.status.reset();
  }

  /** Does the work, unless some is being done already. */
  async run(opening: string, work: Work): Promise<void> {
    if (this.isRunning) return;
    const controller = this.#begin(opening);
    this.#running = this.#carryOut(controller, work);
    await this.#running;
  }

  async #carryOut(controller: AbortController, work: Work): Promise<void> {
    const { status, failure } = this.#parts;
    try {
      status.end(await work(controller.signal), true);
    } catch (error) {
      status.end(controller.signal.aborted ? "Stopped" : "Failed", false);
      if (!controller.signal.aborted) showFailure(failure, error);
    } finally {
      this.#controller = null;
      this.#lock(false);
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
