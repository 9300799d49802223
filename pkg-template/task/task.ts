/**
 * One call of the user's: the operation in Rust that works for it, and whatever may end it before its time.
 *
 * An abort, a timeout or a dead wasm settles every pending promise at once; Rust is told afterwards.
 */

import type { Operation } from "#glue";
import type { Client } from "../client/client.ts";
import { type BulkError, bulkError, fromFault, internalError, isFault, redact } from "../errors.ts";
import { LONGEST_TIMER } from "../options/checks.ts";
import type { Progress } from "../types/rows.d.ts";
import { crash } from "../wasm/epoch.ts";
import { type Glue, load, unwatch, watch } from "../wasm/runtime.ts";
import { Flight, type RowEffect } from "./flight.ts";
import { RustObjects } from "./rust-objects.ts";
import type { TaskScope } from "./scope.ts";
import { listen, unlisten } from "./signals.ts";
import { timeoutError } from "./timeout.ts";

/** A task that sends nothing asks no more of a client. */
export interface Offline {
  readonly session: { readonly secrets: readonly string[] };
}

export interface TaskOptions {
  signal?: AbortSignal | undefined;
  /** For all of the task, in ms. */
  timeout?: number | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
  /** Writes the expression that gives the job's handle again. */
  attach?: ((jobId: string) => string) | undefined;
  jobId?: string | undefined;
  batchId?: string | undefined;
  /** Stops the task with all that is under way of a handle. */
  scope?: TaskScope | undefined;
}

/** What a task works with in Rust. */
interface Running {
  flight: Flight;
  operation: Operation;
}

type State =
  | { is: "not begun" }
  | ({ is: "running" } & Running)
  | { is: "stopped"; reason: unknown }
  | { is: "over" };

type Action<T> = (operation: Operation, glue: Glue) => T | PromiseLike<T>;

export class Task {
  readonly #client: Client | Offline;
  readonly #options: TaskOptions;
  readonly #objects = new RustObjects();
  /** What is to be told when the task is stopped: pending promises first, then who cleans up. */
  readonly #rejects: Set<(reason: unknown) => void> = new Set();
  readonly #cleanups: ((reason: unknown) => void)[] = [];
  #state: State = { is: "not begun" };
  /** Calls of Rust that have not returned; they may outlast the task. */
  #calls = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #rowEffect: RowEffect = { repeatable: true };
  /** Because of what it waited last, if nothing better has come since. */
  #trouble: string | undefined;
  /** Who waits for the job that a stopped task is still making. */
  #onJob: ((jobId: string) => void) | undefined;
  jobId: string | undefined;
  /** Whether the job may still be under way. */
  waiting = true;

  constructor(client: Client | Offline, options: TaskOptions = {}) {
    this.#client = client;
    this.#options = options;
    this.jobId = options.jobId;
    const { signal } = options;
    options.scope?.add(this);
    if (signal?.aborted) this.stop(signal.reason);
    else this.#limit(signal);
  }

  /** Whether it goes on. */
  get open(): boolean {
    return this.#state.is === "not begun" || this.#state.is === "running";
  }

  /** Throws the reason of whatever has ended it. */
  proceed(): void {
    if (!this.open) throw this.#reason();
  }

  /** Settles as `promise` does, or with the reason of whatever ends the task first. */
  race<T>(promise: PromiseLike<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const forget = () => this.#rejects.delete(reject);
      promise.then(resolve, reject);
      if (!this.open) reject(this.#reason());
      this.#rejects.add(reject);
      promise.then(forget, forget);
    });
  }

  /** The wasm's exports. */
  glue(): Promise<Glue> {
    return this.race(load());
  }

  /** Calls Rust: its failures become errors here, and nowhere else. */
  async ask<T>(action: Action<T>): Promise<T> {
    const glue = await this.glue();
    if (this.#state.is === "running" && !this.#state.flight.alive) {
      this.stop(internalError(INSTANCE_LOST));
    }
    this.proceed();
    this.#calls += 1;
    watch(this.#onCrash);
    return this.race(this.#call(action, glue).finally(() => this.#returned()));
  }

  /** What to throw for what came out of the wasm: if that was no fault of Rust's, its instance is not to be trusted. */
  failure(fault: unknown): unknown {
    if (!isFault(fault)) crash(fault);
    return this.open ? this.error(fault) : this.#reason();
  }

  /** The error for a fault of Rust's. */
  error(fault: unknown): BulkError | TypeError {
    const { jobId } = this;
    const { batchId } = this.#options;
    return fromFault(fault, { jobId, batchId, hide: this.#client.session.secrets });
  }

  /** Has a Rust object freed with the task. */
  own<T extends { free(): void }>(object: T): T {
    return this.#objects.add(object);
  }

  /** Has `cleanup(reason)` called if the task is stopped. */
  onStop(cleanup: (reason: unknown) => void): void {
    if (this.open) this.#cleanups.push(cleanup);
    else cleanup(this.#reason());
  }

  /**
   * Of a task that is being stopped: has `use(jobId)` called with its job. Where that is being made just now, Rust goes on
   * until it is there, or is known not to come.
   */
  onceJobIsMade(use: (jobId: string) => void): void {
    if (this.jobId !== undefined) use(this.jobId);
    else if (this.#calls > 0) this.#onJob = use;
  }

  /** Tells the caller how far it is. */
  tell(progress: Progress): void {
    if (progress.jobId !== undefined) this.jobId = progress.jobId;
    if (this.open) this.#options.onProgress?.(progress);
  }

  /** The job is done: only its results are still to be read. */
  waited(): void {
    this.waiting = false;
  }

  /** Ends the task before its time: pending promises reject with `reason`, unchanged. */
  stop(reason: unknown): void {
    if (!this.open) return;
    const running = this.#settle({ is: "stopped", reason });
    for (const reject of this.#rejects) reject(reason);
    for (const cleanup of this.#cleanups) cleanup(reason);
    if (running === undefined) return;
    if (this.#onJob === undefined) this.#letGo(running, reason);
    else this.#keepForJob(running, reason, this.#onJob);
  }

  /** Ends the task: it is done. */
  end(): void {
    if (this.open) this.#settle({ is: "over" })?.flight.end();
  }

  readonly #onSignal = (): void => this.stop(this.#options.signal?.reason);

  readonly #onCrash = (error: BulkError): void => {
    const { outcome } = this.#rowEffect;
    this.stop(outcome === undefined ? error : Object.assign(error, { outcome }));
  };

  #limit(signal: AbortSignal | undefined): void {
    if (signal !== undefined) listen(signal, this.#onSignal);
    const { timeout } = this.#options;
    if (timeout === undefined || timeout > LONGEST_TIMER) return;
    this.#timer = setTimeout(() => this.stop(this.#timeoutError(timeout)), timeout);
  }

  #timeoutError(timeout: number): BulkError {
    const { batchId, attach } = this.#options;
    return timeoutError({
      timeout,
      jobId: this.jobId,
      batchId,
      rowEffect: this.#rowEffect,
      trouble: this.#trouble,
      attach,
    });
  }

  #reason(): unknown {
    if (this.#state.is === "stopped") return this.#state.reason;
    return bulkError("used", "This operation is over.");
  }

  async #call<T>(action: Action<T>, glue: Glue): Promise<T> {
    try {
      return await action(this.#begun(glue).operation, glue);
    } catch (fault) {
      throw this.failure(fault);
    }
  }

  #begun(glue: Glue): Running {
    if (this.#state.is === "running") return this.#state;
    const flight = this.#newFlight();
    const operation = this.own(new glue.Operation(flight));
    const running = { is: "running", flight, operation } as const;
    this.#state = running;
    return running;
  }

  #newFlight(): Flight {
    if (!("settings" in this.#client)) throw internalError("There is no client to send by.");
    return new Flight(this.#client, {
      onReport: (progress) => this.#report(progress),
      onRowEffect: (effect) => {
        this.#rowEffect = effect;
      },
      onMisuse: (error) => this.stop(error),
      clean: (text) => redact(text, this.#client.session.secrets),
    });
  }

  /** Rust says how far it is. A callback that throws ends the task, but not while Rust is in the middle of it. */
  #report({ reason, ...progress }: Progress): void {
    this.#trouble = reason === undefined ? undefined : redact(reason, this.#client.session.secrets);
    try {
      this.tell(this.#trouble ? { ...progress, reason: this.#trouble } : progress);
    } catch (error) {
      queueMicrotask(() => this.stop(error));
    }
    if (this.jobId !== undefined) this.#onJob?.(this.jobId);
  }

  /** The caller has been told; now Rust, unless its instance is dead. */
  #letGo({ flight, operation }: Running, reason: unknown): void {
    if (this.#calls > 0 && flight.alive) operation.abort();
    flight.end(reason);
  }

  /** Rust is in the middle of it when it tells of the job. */
  #keepForJob(running: Running, reason: unknown, use: (jobId: string) => void): void {
    this.#onJob = (jobId) => {
      this.#onJob = undefined;
      queueMicrotask(() => this.#letGo(running, reason));
      use(jobId);
    };
  }

  /** Ends what only a living task needs; gives what Rust is to be told by, if it has begun. */
  #settle(state: State): Running | undefined {
    const before = this.#state;
    this.#state = state;
    clearTimeout(this.#timer);
    this.#options.scope?.delete(this);
    if (this.#options.signal !== undefined) unlisten(this.#options.signal, this.#onSignal);
    unwatch(this.#onCrash);
    if (this.#calls === 0) this.#objects.free();
    return before.is === "running" ? before : undefined;
  }

  #returned(): void {
    this.#calls -= 1;
    if (this.#calls > 0) return;
    unwatch(this.#onCrash);
    if (!this.open) this.#objects.free();
  }
}

const INSTANCE_LOST =
  "Another call failed inside salesforce-bulk and took this one with it: begin it again.";

/** Runs one operation that gives one answer. */
export async function run<T>(client: Client, options: TaskOptions, action: Action<T>): Promise<T> {
  const task = new Task(client, options);
  try {
    return await task.ask(action);
  } finally {
    task.end();
  }
}
