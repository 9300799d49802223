/**
 * One request and its answer, as Rust reads it: by the user's `fetch` or the global one.
 *
 * What a `fetch` gives may be anything, and an exception in the middle of Rust would cost the whole instance: so all of
 * it is looked at here. Closing an exchange ends it, however far it is.
 */

import { isWebStream } from "../write/source-kinds.ts";
import { type Guard, misuse, troubled } from "./trouble.ts";

/** What `fetch` is given besides; a `cache` that a host does not know makes it throw (workerd, before 2024-11). */
const INIT = { credentials: "omit", redirect: "manual" } as const;

/** The head of an answer. */
export interface Head {
  /** 0 for a redirect that was followed all the same, or that the browser hides. */
  status: number;
  /** Whether the browser hides headers. */
  filtered: boolean;
  /** As lines. */
  headers: string;
}

export interface SentRequest {
  method: string;
  headers?: Record<string, string>;
  body?: BodyInit;
}

/** A stream; a function that gives all of it where a host has no streams; null where there is none. */
type Body = ReadableStream<unknown> | (() => Promise<ArrayBuffer>) | null;

interface Answer {
  head: Head;
  body: Body;
}

export class Exchange {
  readonly #controller = new AbortController();
  readonly #guard: Guard;
  readonly #onEnd: () => void;
  readonly #ended: Promise<never>;
  #end: (reason: unknown) => void = () => {};
  #answer: Promise<Answer>;
  #reader: ReadableStreamDefaultReader<unknown> | undefined;

  constructor(
    send: typeof fetch,
    url: string,
    request: SentRequest,
    guard: Guard,
    onEnd: () => void = () => {},
  ) {
    this.#guard = guard;
    this.#onEnd = onEnd;
    this.#ended = new Promise((_, reject) => {
      this.#end = reject;
    });
    this.#ended.catch(() => {});
    this.#answer = this.#send(send, url, request);
    this.#answer.catch(() => {});
  }

  /** What the head of the answer says. */
  head(): Promise<Head> {
    return this.#guard(this.#unlessClosed(this.#headOnly()));
  }

  /** The same, for whoever is no part of the wasm. */
  settled(): Promise<Head> {
    return this.#unlessClosed(this.#headOnly());
  }

  /** The next bytes of the body; undefined at its end. */
  read(): Promise<Uint8Array | undefined> {
    return this.#guard(this.#unlessClosed(this.#next()));
  }

  /** Ends it. */
  close(reason?: unknown): void {
    this.#end(reason ?? new Error("the request was given up"));
    this.#controller.abort(reason);
    // A `fetch` of the user's own may not know the signal.
    this.#reader?.cancel(reason).catch(() => {});
    this.#onEnd();
  }

  #unlessClosed<T>(promise: Promise<T>): Promise<T> {
    return troubled(Promise.race([promise, this.#ended]));
  }

  async #headOnly(): Promise<Head> {
    return (await this.#answer).head;
  }

  async #send(send: typeof fetch, url: string, request: SentRequest): Promise<Answer> {
    const { signal } = this.#controller;
    const answer: unknown = await send(url, { ...INIT, ...cache(), ...request, signal });
    return checkedAnswer(answer);
  }

  async #next(): Promise<Uint8Array | undefined> {
    const { body } = await this.#answer;
    if (typeof body === "function") return this.#whole(body);
    if (body === null) return undefined;
    this.#reader ??= readerOf(body);
    const { done, value } = await this.#reader.read();
    if (done) return undefined;
    if (!ArrayBuffer.isView(value)) throw misuse("the body of its answer gives no bytes");
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  }

  /** On a host that has no streams. */
  async #whole(body: () => Promise<ArrayBuffer>): Promise<Uint8Array | undefined> {
    this.#answer = this.#answer.then(({ head }) => ({ head, body: null }));
    const buffer = await body();
    return buffer.byteLength > 0 ? new Uint8Array(buffer) : undefined;
  }
}

let knowsCache: boolean | undefined;

function cache(): { cache?: "no-store" } {
  knowsCache ??= takesCache();
  return knowsCache ? { cache: "no-store" } : {};
}

function takesCache(): boolean {
  try {
    new Request("https://localhost/", { cache: "no-store" });
    return true;
  } catch {
    return false;
  }
}

/** What of a response is looked at. */
type Response = Partial<
  Record<"status" | "type" | "redirected" | "url" | "headers" | "body" | "arrayBuffer", unknown>
>;

function checkedAnswer(answer: unknown): Answer {
  if (typeof answer !== "object" || answer === null) throw misuse("it gave no response");
  return { head: checkedHead(answer), body: checkedBody(answer) };
}

/** A redirect that was followed all the same names where it led. */
function checkedHead(answer: Response): Head {
  const { status, type, redirected, url } = answer;
  if (typeof status !== "number" || !Number.isInteger(status)) throw misuse("it gave no response");
  const headers = headersOf(answer.headers);
  const followed = redirected === true;
  if (followed) headers.set("location", String(url));
  return {
    status: followed || type === "opaqueredirect" ? 0 : status,
    filtered: type === "cors",
    headers: [...headers].map((header) => header.join(": ")).join("\n"),
  };
}

/** A copy, by the host's own class: the user's may be of any kind. */
function headersOf(given: unknown): Headers {
  try {
    return new Headers([...(given as Headers).entries()]);
  } catch {
    throw misuse("its answer has no readable headers");
  }
}

function checkedBody(answer: Response): Body {
  const { body, arrayBuffer } = answer;
  if (body === undefined && typeof arrayBuffer === "function") {
    return async () => checkedBuffer(await Reflect.apply(arrayBuffer, answer, []));
  }
  if (body === null || isWebStream(body)) return body;
  throw misuse("the body of its answer is not a web stream");
}

function checkedBuffer(buffer: unknown): ArrayBuffer {
  const kind = Object.prototype.toString.call(buffer);
  if (kind !== "[object ArrayBuffer]") throw misuse("the arrayBuffer() of its answer gives none");
  return buffer as ArrayBuffer;
}

function readerOf(body: ReadableStream<unknown>): ReadableStreamDefaultReader<unknown> {
  try {
    return body.getReader();
  } catch {
    throw misuse("the body of its answer was read before");
  }
}
