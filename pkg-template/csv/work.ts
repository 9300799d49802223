/** What reading, writing and splitting CSV have in common, where there is no client. */

import { Task } from "../task/task.ts";
import { HeldSource } from "../write/source.ts";

/**
 * Without a session there is nothing to hide.
 *
 * @type {any} all that a task asks of a client, as long as it sends nothing
 */
const NOBODY = Object.freeze({ session: Object.freeze({ secrets: [] }) });

/** The frame of one reading or writing. The source is held from the start, and read when somebody asks. */
export class Work {
  #source;
  #name;
  #kind;
  #opened;
  #task;

  /**
   * @param {unknown} source
   * @param {{ name: string, kind: "records" | "bytes", signal?: AbortSignal }} how
   */
  constructor(source, { name, kind, signal }) {
    this.#source = new HeldSource(source, name);
    this.#name = name;
    this.#kind = kind;
    this.#task = new Task(NOBODY, { signal });
    this.#task.onStop(this.#source.close);
  }

  /** Whether it goes on. */
  get open() {
    return this.#task.open;
  }

  /** The task, the wasm's exports and the cursor over the source, made at the first call; what has ended it is thrown. */
  async begin() {
    this.#opened ??= this.#begin();
    const opened = await this.#opened;
    opened.task.proceed();
    return opened;
  }

  async #begin() {
    const task = this.#task;
    task.proceed();
    const glue = await task.glue();
    const cursor = await task.race(this.#source.open());
    if (cursor.kind !== this.#kind && cursor.kind !== "empty") throw this.#otherKind();
    return { task, glue, cursor };
  }

  #otherKind() {
    return new TypeError(
      this.#kind === "bytes"
        ? `${this.#name} must give CSV, not objects`
        : `${this.#name} must give objects, not CSV`,
    );
  }

  /** Ends it before its time. */
  stop(reason) {
    this.#task.stop(reason);
  }

  /** Ends it: it is done. */
  end() {
    this.#task.end();
  }
}

/** Calls Rust, whose failures become errors here. */
export function attempt(task, call) {
  // What it owned is gone with it.
  task.proceed();
  try {
    return call();
  } catch (fault) {
    throw task.failure(fault);
  }
}

/** The cursor's next result. Awaiting what is there already would cost more than a record. */
export function step(task, cursor) {
  const next = cursor.next();
  return typeof next.then === "function" ? task.race(next) : next;
}

/**
 * A Rust object whose failures are errors already.
 *
 * @returns {any}
 */
export function converting(task, object, names) {
  const bound = (name) => [name, (...args) => attempt(task, () => object[name](...args))];
  return Object.fromEntries(names.map(bound));
}

/** What writes CSV in this dialect. */
export function csvEncoder(task, glue, delimiter, lineEnding) {
  const encoder = task.own(attempt(task, () => new glue.CsvEncoder(delimiter, lineEnding)));
  return converting(task, encoder, ["header", "joined", "rows"]);
}
