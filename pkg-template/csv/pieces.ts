/** What is made piece by piece as it is asked for: blocks of CSV, or parts of it. */
import { Yielder } from "../task/yielding.ts";

export class Pieces {
  #work;
  #yielder = new Yielder();
  #over = false;
  /** Pieces that have not been given out. */
  ready = [];
  /** No more of them will come. */
  ended = false;

  /** @param {import("./work.ts").Work} work */
  constructor(work) {
    this.#work = work;
  }

  /** Whether pieces may still be given out. */
  get open() {
    return !this.#over && this.#work.open;
  }

  /** The next piece; undefined when there are no more. */
  async next() {
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

  nextBytes() {
    return this.next();
  }

  /** Stops it: nobody has any use for the rest. */
  stop(reason) {
    this.#over = true;
    this.#work.stop(reason);
  }

  /**
   * Makes pieces, or takes a step towards them.
   *
   * @param {{ task: import("../task/task.ts").Task, glue: any, cursor: import("../write/source.ts").OpenSource }} _work
   * @returns {Promise<void>}
   */
  async pull(_work) {
    this.ended = true;
  }

  async #pull() {
    await this.pull(await this.#work.begin());
    await this.#yielder.yieldIfDue();
  }

  #finish() {
    this.#over = true;
    this.#work.end();
    return undefined;
  }
}
