/** What is made piece by piece as it is asked for: blocks of CSV, or parts of it. */
import { Ending } from "../rows/ending.ts";
import { Yielder } from "../task/yielding.ts";
import type { Begun, Work } from "./work.ts";

export abstract class Pieces<Item, Piece> extends Ending {
  readonly #work: Work<Item>;
  readonly #yielder = new Yielder();
  /** Pieces that have not been given out. */
  protected readonly made: Piece[] = [];
  /** No more of them will come. */
  protected ended = false;

  constructor(work: Work<Item>) {
    super();
    this.#work = work;
  }

  /** Whether pieces may still be given out. */
  get open(): boolean {
    return !this.over && this.#work.open;
  }

  /** The next piece; undefined when there are no more. */
  next(): Promise<Piece | undefined> {
    return this.unlessOver(async () => {
      while (this.made.length === 0 && !this.ended) await this.#pull();
      await this.#work.begin();
      return this.made.length > 0 ? this.made.shift() : this.finish();
    });
  }

  nextBytes(): Promise<Piece | undefined> {
    return this.next();
  }

  protected override letGo(reason: unknown): void {
    this.#work.stop(reason);
  }

  protected override finished(): void {
    this.#work.end();
  }

  /** Makes pieces, or takes a step towards them. */
  protected abstract pull(begun: Begun<Item>): Promise<void>;

  async #pull(): Promise<void> {
    await this.pull(await this.#work.begin());
    await this.#yielder.yieldIfDue();
  }
}
