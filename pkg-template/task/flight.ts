/**
 * What an operation in Rust asks of JavaScript: to send, to wait, to give the token, to report.
 *
 * One flight serves one operation. When the operation is over its requests are ended and its timers cleared; when the
 * wasm has died nothing that is still under way may call back into it.
 */
import type { Client, Ownership, Settings } from "../client/client.ts";
import type { Progress } from "../types/rows.d.ts";
import { currentEpoch } from "../wasm/epoch.ts";
import { now, random } from "./clock.ts";
import { Exchange, type SentRequest } from "./exchange.ts";
import { RequestLog } from "./request-log.ts";
import { Timer } from "./timer.ts";
import { type Guard, misuseError, type Trouble, troubled } from "./trouble.ts";

/** What the operation may have done to rows so far, and whether it could be done once more without harm. */
export interface RowEffect {
  outcome?: "unknown" | undefined;
  repeatable: boolean;
}

/** Who hears of what an operation does. */
export interface FlightListener {
  onReport: (progress: Progress) => void;
  onRowEffect: (effect: RowEffect) => void;
  /** A callback of the user's, or the `fetch`, does not do what it must: the operation cannot go on. */
  onMisuse: (error: unknown) => void;
  /** A text without what must not be seen. */
  clean: (text: string) => string;
}

export class Flight {
  readonly #client: Client;
  readonly #listener: FlightListener;
  readonly #log: RequestLog | undefined;
  readonly #epoch: number = currentEpoch();
  /** What is to be ended with the operation. */
  readonly #underWay: Set<(reason: unknown) => void> = new Set();

  constructor(client: Client, listener: FlightListener) {
    this.#client = client;
    this.#listener = listener;
    if (client.logger !== undefined) this.#log = new RequestLog(client.logger, listener.clean);
  }

  get settings(): Settings {
    return this.#client.settings;
  }

  get clientId(): number {
    return this.#client.id;
  }

  get alive(): boolean {
    return this.#epoch === currentEpoch();
  }

  /** The headers are lines. */
  send(method: string, url: string, headers: string, body?: BodyInit): Exchange {
    const send = this.#client.fetch ?? globalThis.fetch;
    const request: SentRequest = { method, headers: headersOf(headers) };
    if (body !== undefined) request.body = body;
    const end = (reason: unknown) => exchange.close(reason);
    const onEnd = () => this.#underWay.delete(end);
    const exchange = new Exchange(send, url, request, this.#guard, onEnd);
    this.#underWay.add(end);
    this.#log?.follow(method, url, exchange, this.#listener.onMisuse);
    return exchange;
  }

  timer(ms: number): Timer {
    const end = () => timer.clear();
    const timer = new Timer(ms, this.#guard, () => this.#underWay.delete(end));
    this.#underWay.add(end);
    return timer;
  }

  now(): number {
    return now();
  }

  random(): number {
    return random();
  }

  token(rejected?: string): Promise<string | undefined> {
    return this.#guard(troubled(this.#client.session.token(rejected)));
  }

  /** How many bytes a body has: a Blob or bytes. */
  size(payload: Blob | Uint8Array): number {
    return "size" in payload ? payload.size : payload.byteLength;
  }

  /** The bytes of a body. */
  bytes(payload: Blob | Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
    return this.#guard(troubled(new Response(payload).arrayBuffer()));
  }

  /** Takes a batch for the call that asks; false where it is known whose it is already. */
  claim(batch: string): boolean {
    return this.#client.claim(batch);
  }

  ownership(batch: string): Ownership | undefined {
    return this.#client.ownership(batch);
  }

  /** Progress as JSON. */
  report(progress: string): void {
    this.#listener.onReport(JSON.parse(progress));
  }

  rowEffect(outcome: "unknown" | undefined, repeatable: boolean): void {
    this.#listener.onRowEffect({ outcome, repeatable });
  }

  /** Ends all that is under way. */
  end(reason?: unknown): void {
    for (const end of [...this.#underWay]) end(reason);
  }

  readonly #guard: Guard = <T>(promise: Promise<T>): Promise<T> => {
    const guarded = new Promise<T>((resolve, reject) => {
      promise.then(
        (value) => this.alive && resolve(value),
        (error: unknown) => this.alive && this.#fail(error, reject),
      );
    });
    // An operation that was aborted may have dropped it; nobody has to hear of it then.
    guarded.catch(() => {});
    return guarded;
  };

  /** Told before Rust hears of it, and might try again. */
  #fail(error: unknown, reject: (error: unknown) => void): void {
    if (isMisuse(error)) this.#listener.onMisuse(misuseError(error));
    reject(error);
  }
}

function isMisuse(error: unknown): error is Trouble {
  return typeof error === "object" && error !== null && "misuse" in error && error.misuse === true;
}

function headersOf(lines: string): Record<string, string> {
  const headers = lines.split("\n").slice(0, -1);
  return Object.fromEntries(headers.map((line) => line.split(/: (.*)/, 2)));
}
