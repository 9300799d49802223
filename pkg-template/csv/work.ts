/** What reading, writing and splitting CSV have in common, where there is no client. */

import { Task } from "../task/task.ts";
import { openSource } from "../write/source.ts";

/**
 * Without a session there is nothing to hide.
 *
 * @type {any} all that a task asks of a client, as long as it sends nothing
 */
const NOBODY = Object.freeze({ session: Object.freeze({ secrets: [] }) });

/** The frame of one reading or writing. It begins with the first read. */
export class Work {
  #source;
  #name;
  #kind;
  #signal;
  #opened;
  #task;

  /**
   * @param {unknown} source
   * @param {{ name: string, kind: "records" | "bytes", signal?: AbortSignal }} how
   */
  constructor(source, { name, kind, signal }) {
    this.#source = source;
    this.#name = name;
    this.#kind = kind;
    this.#signal = signal;
  }

  /** Whether it goes on. */
  get open() {
    return this.#task === undefined || this.#task.open;
  }

  /** The task, the wasm's exports and the cursor over the source, made at the first call; what has ended it is thrown. */
  async begin() {
    this.#opened ??= this.#begin();
    const opened = await this.#opened;
    opened.task.proceed();
    return opened;
  }

  async #begin() {
    const task = new Task(NOBODY, { signal: this.#signal });
    this.#task = task;
    const source = this.#source;
    this.#source = undefined;
    const glue = await task.glue();
    const closeWithTask = (opened) => task.onStop((reason) => opened.close(reason));
    const cursor = await task.race(openSource(source, this.#name, closeWithTask));
    if (cursor.kind !== this.#kind && !(await isEmpty(cursor))) throw this.#otherKind();
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
    this.#task?.stop(reason);
  }

  /** Ends it: it is done. */
  end() {
    this.#task?.end();
  }
}

/** An iterable that gives nothing shows no kind. */
async function isEmpty(cursor) {
  const first = await cursor.next();
  if (!first.done) return false;
  cursor.next = () => first;
  return true;
}

/** Calls Rust, whose failures become errors here. */
export function attempt(task, call) {
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
