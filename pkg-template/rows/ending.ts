/**
 * What is read to its end once: it is over when there is no more, with its first failure, and when nobody wants the rest.
 * What is asked for after that is nothing.
 */
export abstract class Ending {
  #over = false;

  protected get over(): boolean {
    return this.#over;
  }

  /** Nobody has any use for the rest. */
  stop(reason: unknown): void {
    this.#over = true;
    this.letGo(reason);
  }

  /** Reads, unless it is over; a failure ends it. */
  protected async unlessOver<T>(read: () => Promise<T>): Promise<T | undefined> {
    if (this.#over) return undefined;
    try {
      return await read();
    } catch (error) {
      this.stop(error);
      throw error;
    }
  }

  /** There is no more. */
  protected finish(): undefined {
    this.#over = true;
    this.finished();
  }

  /** Lets go of what it reads from before its time. */
  protected abstract letGo(reason: unknown): void;

  /** Lets go of what it reads from at its end. */
  protected abstract finished(): void;
}
