/** Tells the user's logger of each request of an operation, when the head of its answer has come or failed. */
import type { Logger } from "../options/client.ts";
import type { LoggedRequest } from "../types/bulk.d.ts";
import { stopwatch } from "./clock.ts";
import type { Exchange } from "./exchange.ts";
import { trouble } from "./trouble.ts";

/** What is known of a request when it is sent. */
interface Sent {
  method: string;
  url: string;
  attempt: number;
  began: number;
}

export class RequestLog {
  readonly #logger: Logger;
  readonly #clean: (text: string) => string;
  /** How often a request has failed since it last succeeded. */
  readonly #failures: Map<string, number> = new Map();

  /** `clean` takes out of a text what must not be seen. */
  constructor(logger: Logger, clean: (text: string) => string) {
    this.#logger = logger;
    this.#clean = clean;
  }

  /** Follows a request that has just been sent; `onThrown` hears what the logger throws. */
  follow(
    method: string,
    url: string,
    exchange: Exchange,
    onThrown: (error: unknown) => void,
  ): void {
    const key = `${method} ${url}`;
    const attempt = (this.#failures.get(key) ?? 0) + 1;
    const sent = { method, url: withoutQuery(url), attempt, began: stopwatch() };
    const answered = ({ status }: { status: number }) => {
      if (status >= 200 && status < 300) this.#failures.delete(key);
      else this.#failures.set(key, attempt);
      this.#tell(sent, status);
    };
    const failed = (why: unknown) => {
      this.#failures.set(key, attempt);
      this.#tell(sent, undefined, this.#clean(reasonOf(why)));
    };
    exchange.settled().then(answered, failed).catch(onThrown);
  }

  #tell({ began, ...sent }: Sent, status: number | undefined, error?: string): void {
    const told: LoggedRequest = { ...sent, status, ms: Math.max(0, stopwatch() - began) };
    if (error !== undefined) told.error = error;
    this.#logger(told);
  }
}

/** Short: some hosts tell long stories. */
const LONGEST = 200;

function reasonOf(why: unknown): string {
  const { reason } = isTrouble(why) ? why : trouble(why);
  return reason === "" ? "no answer came" : reason.slice(0, LONGEST);
}

function isTrouble(why: unknown): why is { reason: string } {
  return (
    typeof why === "object" && why !== null && "reason" in why && typeof why.reason === "string"
  );
}

function withoutQuery(url: string): string {
  const [address = ""] = url.split(/[?#]/, 1);
  return address;
}
