/**
 * What an operation in Rust asks of JavaScript: to send, to wait, to give the token, to report.
 *
 * One flight serves one operation. When the operation is over its requests are ended and its timers cleared; when the
 * wasm has died nothing that is still under way may call back into it.
 */
import { currentEpoch } from "../wasm/epoch.ts";
import { Exchange } from "./exchange.ts";
import { Timer } from "./timer.ts";
import { troubled } from "./trouble.ts";

export class Flight {
  #client;
  #listener;
  #epoch = currentEpoch();
  /** What is to be ended with the operation. */
  #underWay = new Set();

  /**
   * @param {import("../client/client.ts").Client} client
   * @param {{ onReport: (progress: object) => void, onRowEffect: (effect: RowEffect) => void }} listener
   *
   * @typedef {{ outcome?: "unknown", repeatable: boolean }} RowEffect what the operation may have done to rows so far,
   *   and whether it could be done once more without harm
   */
  constructor(client, listener) {
    this.#client = client;
    this.#listener = listener;
  }

  get settings() {
    return this.#client.settings;
  }

  get clientId() {
    return this.#client.id;
  }

  get alive() {
    return this.#epoch === currentEpoch();
  }

  /** @param {string} headers lines */
  send(method, url, headers, body) {
    const send = this.#client.fetch ?? globalThis.fetch;
    const request = {
      method,
      headers: headersOf(headers),
      ...(body === undefined ? {} : { body }),
    };
    return this.#track(new Exchange(send, url, request, this.#guard), "close");
  }

  timer(ms) {
    return this.#track(new Timer(ms, this.#guard), "clear");
  }

  now() {
    return Date.now();
  }

  random() {
    return Math.random();
  }

  token(rejected) {
    return this.#guard(troubled(this.#client.session.token(rejected)));
  }

  /** How many bytes a body has: a Blob or bytes. */
  size(payload) {
    return payload.size ?? payload.byteLength;
  }

  /** The bytes of a body. */
  bytes(payload) {
    return this.#guard(troubled(new Response(payload).arrayBuffer()));
  }

  /** Takes a batch for the call that asks; false where it is known whose it is already. */
  claim(batch) {
    return this.#client.claim(batch);
  }

  /** Whose a batch is: "added" by a call of this client, "foreign", or nothing. */
  ownership(batch) {
    return this.#client.ownership(batch);
  }

  report(progress) {
    this.#listener.onReport(JSON.parse(progress));
  }

  rowEffect(outcome, repeatable) {
    this.#listener.onRowEffect({ outcome, repeatable });
  }

  /** Ends all that is under way. */
  end(reason) {
    for (const end of [...this.#underWay]) end(reason);
  }

  /** Has what Rust ends by itself ended with the operation too. */
  #track(object, name) {
    const end = object[name].bind(object);
    const once = (reason) => {
      this.#underWay.delete(once);
      end(reason);
    };
    object[name] = once;
    this.#underWay.add(once);
    return object;
  }

  /** Settles as `promise` does, but never once the wasm that waits for it has died. */
  #guard = (promise) => {
    const guarded = new Promise((resolve, reject) => {
      promise.then(
        (value) => this.alive && resolve(value),
        (error) => this.alive && reject(error),
      );
    });
    // An operation that was aborted may have dropped it; nobody has to hear of it then.
    guarded.catch(() => {});
    return guarded;
  };
}

function headersOf(lines) {
  return Object.fromEntries(
    lines
      .split("\n")
      .slice(0, -1)
      .map((line) => line.split(/: (.*)/, 2)),
  );
}
