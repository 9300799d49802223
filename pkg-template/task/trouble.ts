/** Why something failed, as Rust reads it, whatever was thrown. */

export interface Trouble {
  /** In words; empty where nothing was said. */
  reason: string;
  /** Whether there was no connection. */
  notSent: boolean;
  /** Whether it is the `fetch` that must be another. */
  misuse: boolean;
  /** What was thrown. */
  cause: unknown;
}

/** Gives a promise that settles as the one given, but never once the wasm that waits for it has died. */
export type Guard = <T>(promise: Promise<T>) => Promise<T>;

/** What hosts say when there was no connection: then nothing was sent. Node and Deno by the cause's code, Bun by the error's own. */
const NOT_CONNECTED: ReadonlySet<unknown> = /* @__PURE__ */ new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "ConnectionRefused",
  "FailedToOpenSocket",
]);

/** What is known of whatever a host, or a user's code, has thrown. */
export function trouble(thrown: unknown): Trouble {
  const codes = [member(thrown, "code"), member(member(thrown, "cause"), "code")];
  return {
    reason: reasonOf(thrown),
    notSent: codes.some((code) => NOT_CONNECTED.has(code)),
    misuse: false,
    cause: thrown,
  };
}

/** Sending again would not help: it is the `fetch` that must be another. */
class Misuse implements Trouble {
  readonly reason: string;
  readonly notSent = false;
  readonly misuse = true;
  readonly cause = undefined;

  constructor(what: string) {
    this.reason = `fetch cannot be used: ${what}`;
  }
}

export function misuse(what: string): Trouble {
  return new Misuse(what);
}

/** What the caller is told of it. */
export function misuseError({ reason }: Trouble): TypeError {
  return new TypeError(
    `${reason}. It must answer as the global fetch does: with a status, with headers that can be iterated, and with a ` +
      "body that is a web ReadableStream of bytes. (node-fetch gives streams of Node's own: leave the option out, or wrap " +
      "the body by stream.Readable.toWeb.)",
  );
}

/** Settles as `promise` does; a failure as Rust reads it. */
export function troubled<T>(promise: Promise<T>): Promise<T> {
  return promise.catch((thrown: unknown) => {
    throw thrown instanceof Misuse ? thrown : trouble(thrown);
  });
}

function reasonOf(thrown: unknown): string {
  const words = [member(thrown, "name"), member(thrown, "message")].filter(isText);
  if (words.length > 0) return words.join(": ");
  return isText(thrown) ? thrown : "";
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** A member; a getter that throws gives none. */
function member(value: unknown, name: "name" | "message" | "code" | "cause"): unknown {
  try {
    return (value as Partial<Record<typeof name, unknown>> | null | undefined)?.[name];
  } catch {
    return undefined;
  }
}
