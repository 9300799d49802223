/** What reading, writing and splitting CSV have in common, where there is no client. */
import type { CsvEncoder } from "#glue";
import { type Offline, Task } from "../task/task.ts";
import type { Glue } from "../wasm/runtime.ts";
import { type Cursor, DONE, type Step } from "../write/cursors.ts";
import { HeldSource, type OpenSource } from "../write/source.ts";

/** All that a task asks of a client, as long as it sends nothing: without a session there is nothing to hide. */
const NOBODY: Offline = { session: { secrets: [] } };

/** What somebody gave to be read, and what they call it. */
export interface WorkSource {
  readonly source: unknown;
  readonly name: string;
  readonly signal: AbortSignal | undefined;
  readonly timeout: number | undefined;
}

/** Work that has begun. */
export interface Begun<Item> {
  readonly task: Task;
  readonly glue: Glue;
  readonly cursor: Cursor<Item>;
}

/** The frame of one reading or writing. The source is held from the start, and read when somebody asks. */
export class Work<Item> {
  readonly #source: HeldSource;
  readonly #cursorOf: (opened: OpenSource) => Cursor<Item>;
  readonly #task: Task;
  #begun: Promise<Begun<Item>> | undefined;

  constructor(given: WorkSource, cursorOf: (opened: OpenSource) => Cursor<Item>) {
    const { source, name, signal, timeout } = given;
    this.#source = new HeldSource(source, name);
    this.#cursorOf = cursorOf;
    this.#task = new Task(NOBODY, { signal, timeout });
    this.#task.onStop(this.#source.close);
  }

  /** Whether it goes on. */
  get open(): boolean {
    return this.#task.open;
  }

  /** The task, the wasm's exports and the cursor over the source, made at the first call; what has ended it is thrown. */
  async begin(): Promise<Begun<Item>> {
    this.#begun ??= this.#begin();
    const begun = await this.#begun;
    begun.task.proceed();
    return begun;
  }

  async #begin(): Promise<Begun<Item>> {
    const task = this.#task;
    task.proceed();
    const glue = await task.glue();
    const opened = await task.race(this.#source.open());
    return { task, glue, cursor: this.#cursorOf(opened) };
  }

  /** Ends it before its time. */
  stop(reason: unknown): void {
    this.#task.stop(reason);
  }

  /** Ends it: it is done. */
  end(): void {
    this.#task.end();
  }
}

/** Work on CSV. */
export function csvWork(given: WorkSource): Work<Uint8Array> {
  return new Work(given, (opened) => {
    if (opened.kind === "bytes") return opened;
    if (opened.kind === "empty") return { next: () => DONE, close: opened.close };
    throw new TypeError(`${given.name} must give CSV, not objects`);
  });
}

/** Work on records. */
export function recordsWork(given: WorkSource): Work<unknown> {
  return new Work<unknown>(given, (opened) => {
    if (opened.kind !== "bytes") return opened;
    throw new TypeError(`${given.name} must give objects, not CSV`);
  });
}

/** Calls Rust, whose failures become errors here. */
export function attempt<T>(task: Task, call: () => T): T {
  // What it owned is gone with it.
  task.proceed();
  try {
    return call();
  } catch (fault) {
    throw task.failure(fault);
  }
}

/** The cursor's next step. Awaiting what is there already would cost more than a record. */
export function step<Item>(task: Task, cursor: Cursor<Item>): Step<Item> | Promise<Step<Item>> {
  const next = cursor.next();
  return "then" in next ? task.race(next) : next;
}

/** What writes CSV. */
export type RowEncoder = Pick<CsvEncoder, "header" | "joined" | "rows">;

/** What writes CSV in this dialect; its failures are errors already. */
export function csvEncoder(
  task: Task,
  glue: Glue,
  delimiter: string,
  lineEnding: string,
): RowEncoder {
  const encoder = task.own(attempt(task, () => new glue.CsvEncoder(delimiter, lineEnding)));
  return {
    header: (columns) => attempt(task, () => encoder.header(columns)),
    joined: (text, cells, columns) => attempt(task, () => encoder.joined(text, cells, columns)),
    rows: (text, lengths, columns) => attempt(task, () => encoder.rows(text, lengths, columns)),
  };
}
