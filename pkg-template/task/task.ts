/**
 * One operation: a flight, the Rust object that works for it, and whatever may end it before its time.
 *
 * An abort, a timeout or a dead wasm settles every pending call at once; Rust is told afterwards.
 */

import { bulkError, fromFault, internalError, isFault, redact } from "../errors.ts";
import { LONGEST_TIMER } from "../options/checks.ts";
import { crash, currentEpoch } from "../wasm/epoch.ts";
import { load, unwatch, watch } from "../wasm/runtime.ts";
import { Flight } from "./flight.ts";
import { listen, unlisten } from "./signals.ts";

const INSTANCE_LOST =
  "Another call failed inside salesforce-bulk and took this one with it: begin it again.";

const ignore = () => {};

export class Task {
  #client;
  #options;
  #flight;
  #operation;
  #owned = [];
  #running = 0;
  #rejects = new Set();
  #cleanups = [];
  #timer;
  #end;
  /** What the operation may have done to rows so far. */
  #rowEffect = { repeatable: true };
  /** Because of what it waited last, if nothing better has come since. */
  #trouble;
  /** Whether the job may still be under way. */
  waiting = true;
  #onSignal = () => this.stop(this.#options.signal?.reason);
  #onCrash = (error) => {
    if (this.#rowEffect.outcome !== undefined) error.outcome = this.#rowEffect.outcome;
    this.stop(error);
  };

  /**
   * @param {import("../client/client.ts").Client} client
   * @param {{ signal?: AbortSignal, timeout?: number, onProgress?: (progress: object) => void,
   *   attach?: (jobId?: string) => string, jobId?: string, batchId?: string }} [options]
   *   `timeout` covers all of the task; `attach` writes the expression that gives the job's handle again
   */
  constructor(client, options = {}) {
    this.#client = client;
    this.#options = options;
    this.jobId = options.jobId;
    const { signal } = options;
    if (signal?.aborted) this.stop(signal.reason);
    else this.#begin(signal);
  }

  #begin(signal) {
    if (signal !== undefined) listen(signal, this.#onSignal);
    const { timeout } = this.#options;
    if (timeout === undefined || timeout > LONGEST_TIMER) return;
    this.#timer = setTimeout(() => this.stop(this.#timeoutError(timeout)), timeout);
  }

  /** Whether it goes on. */
  get open() {
    return this.#end === undefined;
  }

  /** Throws the reason of whatever has ended it. */
  proceed() {
    if (this.#end) throw this.#end.reason;
  }

  /** Settles as `promise` does, or with the reason of whatever ends the task first. */
  race(promise) {
    return new Promise((resolve, reject) => {
      promise.then(resolve, reject);
      if (this.#end) reject(this.#end.reason);
      this.#rejects.add(reject);
      promise.then(ignore, ignore).then(() => this.#rejects.delete(reject));
    });
  }

  /** The wasm's exports. */
  glue() {
    return this.race(load());
  }

  /** Calls Rust: `action(operation, glue)`. Its failures become errors here, and nowhere else. */
  async ask(action) {
    const glue = await this.glue();
    if (this.#flight?.alive === false) this.stop(internalError(INSTANCE_LOST));
    if (this.#end) throw this.#end.reason;
    this.#running += 1;
    watch(this.#onCrash);
    return this.race(this.#call(action, glue).finally(() => this.#returned()));
  }

  async #call(action, glue) {
    try {
      this.#operation ??= this.#start(glue);
      return await action(this.#operation, glue);
    } catch (fault) {
      throw this.failure(fault);
    }
  }

  /** What to throw for what came out of the wasm: if that was no fault of Rust's, its instance is not to be trusted. */
  failure(fault) {
    if (!isFault(fault)) crash(fault);
    return this.#end ? this.#end.reason : this.error(fault);
  }

  #start(glue) {
    this.#flight = new Flight(this.#client, {
      onReport: (progress) => this.#report(progress),
      onRowEffect: (effect) => {
        this.#rowEffect = effect;
      },
    });
    return this.own(new glue.Operation(this.#flight));
  }

  /** The error for a fault of Rust's. */
  error(fault) {
    const { jobId } = this;
    const { batchId } = this.#options;
    return fromFault(fault, { jobId, batchId, hide: this.#client.session.secrets });
  }

  /** Has a Rust object freed with the task. */
  own(object) {
    this.#owned.push({ object, epoch: currentEpoch() });
    return object;
  }

  /** Has `cleanup(reason)` called if the task is stopped. */
  onStop(cleanup) {
    if (this.#end) cleanup(this.#end.reason);
    else this.#cleanups.push(cleanup);
  }

  /** Tells the caller how far it is. */
  tell(progress) {
    if (progress.jobId !== undefined) this.jobId = progress.jobId;
    if (this.open) this.#options.onProgress?.(progress);
  }

  /** Rust says how far it is. A callback that throws ends the task, but not while Rust is in the middle of it. */
  #report(progress) {
    this.#trouble = redact(progress.reason, this.#client.session.secrets);
    try {
      this.tell({ ...progress, ...(this.#trouble && { reason: this.#trouble }) });
    } catch (error) {
      queueMicrotask(() => this.stop(error));
    }
  }

  /** The job is done: only its results are still to be read. */
  waited() {
    this.waiting = false;
  }

  /** Ends the task before its time: pending calls reject with `reason`, unchanged. */
  stop(reason) {
    if (this.#end) return;
    this.#over(reason);
    for (const reject of this.#rejects) reject(reason);
    for (const cleanup of this.#cleanups) cleanup(reason);
    if (this.#running > 0 && this.#flight?.alive) this.#operation?.abort();
    this.#flight?.end(reason);
  }

  /** Ends the task: it is done. */
  end() {
    if (this.#end) return;
    this.#over(bulkError("used", "This operation is over."));
    this.#flight?.end();
  }

  #over(reason) {
    this.#end = { reason };
    clearTimeout(this.#timer);
    if (this.#options.signal !== undefined) unlisten(this.#options.signal, this.#onSignal);
    unwatch(this.#onCrash);
    if (this.#running === 0) this.#free();
  }

  #returned() {
    this.#running -= 1;
    if (this.#running > 0) return;
    unwatch(this.#onCrash);
    if (this.#end) this.#free();
  }

  /** The objects of a dead instance are gone already. */
  #free() {
    for (const { object, epoch } of this.#owned.splice(0).reverse()) {
      if (epoch === currentEpoch()) object.free();
    }
  }

  #timeoutError(timeout) {
    const { jobId } = this;
    const { batchId } = this.#options;
    const { outcome, repeatable } = this.#rowEffect;
    const trouble = this.#trouble === undefined ? "" : `What it waited for last: ${this.#trouble} `;
    const text = `The call was not done after ${timeout} ms. ${trouble}${this.#howToGoOn()}`;
    return bulkError("timeout", text, { jobId, batchId, outcome, retryable: repeatable });
  }

  #howToGoOn() {
    const { jobId } = this;
    const { attach } = this.#options;
    if (jobId === undefined) return "No job is known to have been made.";
    if (attach !== undefined) {
      return `Job ${jobId} is left running: attach to it again with ${attach(jobId)}.`;
    }
    return this.#rowEffect.repeatable
      ? `Job ${jobId} is left as it is.`
      : `Whether its rows have come to job ${jobId} is not known: look before they are sent again.`;
  }
}

/** Runs one operation that gives one answer. */
export async function run(client, options, action) {
  const task = new Task(client, options);
  try {
    return await task.ask(action);
  } finally {
    task.end();
  }
}
