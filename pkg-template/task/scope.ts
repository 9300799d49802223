/** The calls of one handle that are under way: leaving the handle stops them. */
export interface Stoppable {
  stop(reason: unknown): void;
}

export class TaskScope {
  readonly #tasks: Set<Stoppable> = new Set();

  add(task: Stoppable): void {
    this.#tasks.add(task);
  }

  delete(task: Stoppable): void {
    this.#tasks.delete(task);
  }

  stop(reason: unknown): void {
    for (const task of [...this.#tasks]) task.stop(reason);
  }
}
