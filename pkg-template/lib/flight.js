/**
 * What an operation in Rust asks of JavaScript: to fetch, to give the token, to sleep, to report.
 *
 * One flight serves one operation. When the operation is over its requests are aborted and its timers cleared; when
 * the wasm has died nothing that is still under way may call back into it.
 */
import { LONGEST_TIMER } from "./check.js";
import { currentEpoch } from "./epoch.js";

export class Flight {
  #client;
  #onReport;
  #epoch = currentEpoch();
  #requests = new AbortController();
  #sleeping = new Map();

  /**
   * @param {import("./client.js").Client} client
   * @param {(progress: object) => void} onReport
   */
  constructor(client, onReport) {
    this.#client = client;
    this.#onReport = onReport;
  }

  get settings() {
    return this.#client.settings;
  }

  get alive() {
    return this.#epoch === currentEpoch();
  }

  fetch(url, init) {
    return this.guard(this.#send(url, init));
  }

  token(rejected) {
    return this.guard(this.#client.session.token(rejected));
  }

  sleep(ms) {
    return this.guard(
      new Promise((resolve) => {
        const timer = setTimeout(() => this.#wake(timer), Math.min(ms, LONGEST_TIMER));
        this.#sleeping.set(timer, resolve);
      }),
    );
  }

  /** Takes a batch for the call that asks; false where another call of the client has it. */
  claim(batch) {
    return this.#client.claim(batch);
  }

  report(progress) {
    this.#onReport(progress);
  }

  /** Settles as `promise` does, but never once the wasm that waits for it has died. */
  guard(promise) {
    const guarded = new Promise((resolve, reject) => {
      promise.then(
        (value) => this.alive && resolve(value),
        (error) => this.alive && reject(error),
      );
    });
    // An operation that was aborted may have dropped it; nobody has to hear of it then.
    guarded.catch(() => {});
    return guarded;
  }

  /** Ends all that is under way. */
  end(reason) {
    this.#requests.abort(reason);
    for (const timer of [...this.#sleeping.keys()]) this.#wake(timer);
  }

  async #send(url, init) {
    const send = this.#client.fetch ?? globalThis.fetch;
    return checked(await send(url, { ...init, signal: this.#requests.signal }));
  }

  /** Sleepers are woken, not left: a promise that never settles would keep its wasm closures. */
  #wake(timer) {
    clearTimeout(timer);
    const resolve = this.#sleeping.get(timer);
    this.#sleeping.delete(timer);
    resolve?.();
  }
}

/** Rust reads these without a look, and an exception there would leave its call without an end. */
function checked(answer) {
  const { status, headers, body = null } = answer ?? {};
  const fits =
    Number.isInteger(status) &&
    typeof headers?.entries === "function" &&
    (body === null || typeof body.getReader === "function");
  if (!fits) throw new TypeError("fetch gave something that is not a response");
  return answer;
}
