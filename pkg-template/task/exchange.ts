/**
 * One request and its answer, as Rust reads it: by the user's `fetch` or the global one.
 *
 * What a `fetch` gives may be anything, and an exception in the middle of Rust would cost the whole instance: so all of
 * it is looked at here. Closing an exchange ends it, however far it is.
 */

import { misuse, troubled } from "./trouble.ts";

/** What `fetch` is given besides; a `cache` that a host does not know makes it throw (workerd, before 2024-11). */
const INIT = { credentials: "omit", redirect: "manual" };

export class Exchange {
  #controller = new AbortController();
  #guard;
  #answer;
  #reader;
  #end;
  #ended;

  /**
   * @param {typeof fetch} send
   * @param {string} url
   * @param {RequestInit} request
   * @param {<T>(promise: Promise<T>) => Promise<T>} guard
   */
  constructor(send, url, request, guard) {
    this.#guard = guard;
    this.#ended = new Promise((_, reject) => {
      this.#end = reject;
    });
    this.#ended.catch(() => {});
    this.#answer = this.#send(send, url, request);
    this.#answer.catch(() => {});
  }

  /** What the head of the answer says: `{ status, filtered, headers }`, these as lines. */
  head() {
    return this.#unlessClosed(this.#answer.then(({ head }) => head));
  }

  /** The next bytes of the body; undefined at its end. */
  read() {
    return this.#unlessClosed(this.#next());
  }

  /** Ends it. */
  close(reason) {
    this.#end(reason ?? new Error("the request was given up"));
    this.#controller.abort(reason);
    // A `fetch` of the user's own may not know the signal.
    this.#reader?.cancel(reason).catch(() => {});
  }

  #unlessClosed(promise) {
    return this.#guard(troubled(Promise.race([promise, this.#ended])));
  }

  async #send(send, url, request) {
    const { signal } = this.#controller;
    const answer = await send(url, { ...INIT, ...cache(), ...request, signal });
    return { head: checkedHead(answer), body: checkedBody(answer) };
  }

  async #next() {
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
  async #whole(body) {
    this.#answer = this.#answer.then((answer) => ({ ...answer, body: null }));
    const buffer = await body();
    return buffer.byteLength > 0 ? new Uint8Array(buffer) : undefined;
  }
}

let knowsCache;

function cache() {
  knowsCache ??= takesCache();
  return knowsCache ? { cache: "no-store" } : {};
}

function takesCache() {
  try {
    new Request("https://localhost/", { cache: "no-store" });
    return true;
  } catch {
    return false;
  }
}

/** A redirect that was followed all the same, or that the browser hides, has the status 0 and names where it led. */
function checkedHead(answer) {
  const { status, type, redirected, url } = answer ?? {};
  if (!Number.isInteger(status)) throw misuse("it gave no response");
  const headers = headersOf(answer);
  const followed = redirected === true;
  if (followed) headers.set("location", String(url));
  return {
    status: followed || type === "opaqueredirect" ? 0 : status,
    filtered: type === "cors",
    headers: [...headers].map((header) => header.join(": ")).join("\n"),
  };
}

/** A copy, by the host's own class: the user's may be of any kind. */
function headersOf({ headers }) {
  try {
    return new Headers([...headers.entries()]);
  } catch {
    throw misuse("its answer has no readable headers");
  }
}

function checkedBody(answer) {
  const { body } = answer;
  if (body === undefined && typeof answer.arrayBuffer === "function") {
    return () => answer.arrayBuffer();
  }
  if (body === null || typeof body?.getReader === "function") return body;
  throw misuse("the body of its answer is not a web stream");
}

function readerOf(body) {
  try {
    return body.getReader();
  } catch {
    throw misuse("the body of its answer was read before");
  }
}
