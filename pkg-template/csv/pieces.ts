/** What is made piece by piece as it is asked for: blocks of CSV, or parts of it. */
import { Breath } from "../task/yielding.ts";
import type { Work } from "./work.ts";

/** What the pieces are made with: the task, the wasm's exports, and the cursor over the source. */
export type Opened = Awaited<ReturnType<Work["begin"]>>;

export abstract class Pieces<Piece> {
  readonly #work: Work;
  readonly #breath = new Breath();
  #over = false;
  /** Pieces that have not been given out. */
  protected readonly ready: Piece[] = [];
  /** No more of them will come. */
  protected ended = false;

  constructor(work: Work) {
    this.#work = work;
  }

  /** Whether pieces may still be given out. */
  get open(): boolean {
    return !this.#over && this.#work.open;
  }

  /** The next piece; undefined when there are no more. */
  async next(): Promise<Piece | undefined> {
    if (this.#over) return undefined;
    try {
      while (this.ready.length === 0 && !this.ended) await this.#pull();
      await this.#work.begin();
    } catch (error) {
      this.stop(error);
      throw error;
    }
    return this.ready.length > 0 ? this.ready.shift() : this.#finish();
  }

  nextBytes(): Promise<Piece | undefined> {
    return this.next();
  }

  /** Stops it: nobody has any use for the rest. */
  stop(reason: unknown): void {
    this.#over = true;
    this.#work.stop(reason);
  }

  /** Makes pieces, or takes a step towards them. */
  protected abstract pull(opened: Opened): Promise<void>;

  async #pull(): Promise<void> {
    await this.pull(await this.#work.begin());
    await this.#breath.take();
  }

  #finish(): undefined {
    this.#over = true;
    this.#work.end();
    return undefined;
  }
}
