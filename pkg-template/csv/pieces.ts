/** What is made piece by piece as it is asked for: blocks of CSV, or parts of it. */
import { Yielder } from "../task/yielding.ts";
import type { Begun, Work } from "./work.ts";

export abstract class Pieces<Item, Piece> {
  readonly #work: Work<Item>;
  readonly #yielder = new Yielder();
  #over = false;
  /** Pieces that have not been given out. */
  protected readonly made: Piece[] = [];
  /** No more of them will come. */
  protected ended = false;

  constructor(work: Work<Item>) {
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
      while (this.made.length === 0 && !this.ended) await this.#pull();
      await this.#work.begin();
    } catch (error) {
      this.stop(error);
      throw error;
    }
    return this.made.length > 0 ? this.made.shift() : this.#finish();
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
  protected abstract pull(begun: Begun<Item>): Promise<void>;

  async #pull(): Promise<void> {
    await this.pull(await this.#work.begin());
    await this.#yielder.yieldIfDue();
  }

  #finish(): undefined {
    this.#over = true;
    this.#work.end();
    return undefined;
  }
}
