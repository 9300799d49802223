/**
 * What the caller gave to be written: records, or the bytes of a CSV.
 *
 * Both come as a cursor: `next()` gives an iterator's result, or a promise of one; `close()` tells whoever made the
 * data that no more is wanted. A stream or an iterable shows by its first chunk what it carries.
 */

/**
 * @typedef {{ kind?: "records" | "bytes", next: () => any, close: (reason?: unknown) => void }} Cursor
 */

const utf8 = new TextEncoder();
/** Text is encoded in pieces of so many UTF-16 units. */
const PIECE = 1 << 18;
const DONE = { done: true, value: undefined };

/**
 * @param {unknown} source
 * @param {string} [name] what the caller calls it
 * @param {(cursor: { close: (reason?: unknown) => void }) => void} [onOpen] called before anything is read
 * @returns {Promise<Cursor>}
 */
export async function openSource(source, name = "records", onOpen = () => {}) {
  const cursor = cursorOf(source, name);
  onOpen(cursor);
  if (cursor.kind !== undefined) return cursor;
  try {
    return await peeked(cursor, name);
  } catch (error) {
    cursor.close(error);
    throw error;
  }
}

/** Throws the TypeError of a source that cannot be one. */
export function checkSource(source, name = "records", wanted = WANTED) {
  const fits =
    typeof source === "string" ||
    isBinary(source) ||
    (typeof source === "object" &&
      source !== null &&
      (isBlob(source) || isResponse(source) || isStream(source) || isIterable(source)));
  if (!fits) throw new TypeError(`${name} must be ${wanted}, not ${what(source)}`);
  if (isResponse(source)) checkResponse(source, name);
  if (isStream(source) && source.locked) throw new TypeError(`${name}: the stream is locked`);
  return source;
}

/** Throws the TypeError of a source that cannot be CSV; a stream or an iterable shows later what it carries. */
export function checkCsv(source, name) {
  const list = Array.isArray(source);
  const fits = !list || source.every((item) => typeof item === "string" || isBinary(item));
  if (!fits) throw new TypeError(`${name} must be ${WANTED_CSV}, not an array of something else`);
  return checkSource(source, name, WANTED_CSV);
}

const WANTED_CSV =
  "CSV (text, bytes, a Blob, a Response, a stream or an iterable of text or bytes)";

const WANTED =
  "records (an array, an iterable or a stream of objects) or CSV (text, bytes, a Blob, a Response or a stream)";

/** @returns {Cursor} */
function cursorOf(source, name) {
  checkSource(source, name);
  if (typeof source === "string") return { kind: "bytes", ...ofIterator(encoded(source)) };
  if (isBinary(source)) return { kind: "bytes", ...ofIterator([bytesOf(source)].values()) };
  if (isBlob(source)) return { kind: "bytes", ...ofStream(source.stream()) };
  if (isResponse(source)) return { kind: "bytes", ...ofResponse(source) };
  if (isStream(source)) return ofStream(source);
  if (Array.isArray(source)) return ofArray(source);
  const iterator = source[Symbol.asyncIterator]?.() ?? source[Symbol.iterator]();
  return ofIterator(iterator);
}

/**
 * Looks at the first item, and puts it back.
 *
 * @returns {Promise<Cursor>}
 */
async function peeked(cursor, name) {
  const first = await cursor.next();
  const kind = first.done ? "records" : kindOf(first.value, name);
  let held = first;
  const next = () => {
    const result = held ?? cursor.next();
    held = undefined;
    return result;
  };
  const close = (reason) => cursor.close(reason);
  return kind === "bytes" ? { kind, ...toBytes({ next, close }, name) } : { kind, next, close };
}

/** @returns {"records" | "bytes"} */
function kindOf(value, name) {
  if (typeof value === "string" || isBinary(value)) return "bytes";
  if (typeof value === "object" && value !== null) return "records";
  throw new TypeError(`${name} must give objects, or chunks of CSV, not ${what(value)}`);
}

/** A cursor of bytes from one of bytes or text. */
function toBytes(cursor, name) {
  const encode = textEncoder();
  const convert = ({ done, value }) => {
    if (!done) return { done: false, value: asBytes(value, encode, name) };
    const rest = encode("", true);
    return rest.length > 0 ? { done: false, value: rest } : DONE;
  };
  const next = async () => convert(await cursor.next());
  return { next, close: cursor.close };
}

/** Half a surrogate pair at the end of a text waits for the other, which the next text may begin with. */
function textEncoder() {
  let half = "";
  return (text, last = false) => {
    const whole = half + text;
    const torn = !last && (whole.charCodeAt(whole.length - 1) & 0xfc00) === 0xd800;
    half = torn ? whole.slice(-1) : "";
    return utf8.encode(torn ? whole.slice(0, -1) : whole);
  };
}

function asBytes(value, encode, name) {
  if (typeof value === "string") return encode(value);
  if (isBinary(value)) return bytesOf(value);
  throw new TypeError(`${name} gave CSV first and then ${what(value)}`);
}

/** As its iterator would give it, but without asking. */
function ofArray(array) {
  let at = 0;
  const next = () => (at < array.length ? { done: false, value: array[at++] } : DONE);
  const close = () => {
    at = Number.POSITIVE_INFINITY;
  };
  return { next, close };
}

function ofIterator(iterator) {
  let open = true;
  const close = () => {
    if (!open) return;
    open = false;
    quietly(() => iterator.return?.());
  };
  const seen = (result) => {
    if (typeof result !== "object" || result === null)
      throw new TypeError("an iterator gave no object");
    if (result.done) open = false;
    return result;
  };
  const next = () => {
    if (!open) return DONE;
    const result = iterator.next();
    return typeof result?.then === "function" ? result.then(seen) : seen(result);
  };
  return { next, close };
}

function ofStream(stream) {
  const reader = stream.getReader();
  const close = (reason) => quietly(() => reader.cancel(reason));
  return { next: () => reader.read(), close };
}

function ofResponse(response) {
  return response.body === null ? ofIterator([].values()) : ofStream(response.body);
}

/** What the caller's own iterator or stream does on being closed is no longer of interest. */
function quietly(close) {
  try {
    Promise.resolve(close()).catch(() => {});
  } catch {
    // As above.
  }
}

/** A piece must not end within a surrogate pair: both halves would be lost. */
function* encoded(text) {
  for (let from = 0; from < text.length; ) {
    let to = Math.min(from + PIECE, text.length);
    const unit = text.charCodeAt(to - 1);
    if (to < text.length && unit >= 0xd800 && unit <= 0xdbff) to += 1;
    yield utf8.encode(text.slice(from, to));
    from = to;
  }
}

function checkResponse(response, name) {
  if (!response.ok)
    throw new TypeError(`${name}: the response has the status ${response.status}, not 2xx`);
  if (response.bodyUsed) throw new TypeError(`${name}: the body of the response was read before`);
}

function isBinary(value) {
  return (
    ArrayBuffer.isView(value) || tag(value) === "ArrayBuffer" || tag(value) === "SharedArrayBuffer"
  );
}

function bytesOf(value) {
  if (!ArrayBuffer.isView(value)) return new Uint8Array(value);
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
}

export function isBlob(value) {
  return typeof value.stream === "function" && typeof value.size === "number";
}

function isResponse(value) {
  return tag(value) === "Response" && "body" in value;
}

function isStream(value) {
  return typeof value?.getReader === "function";
}

function isIterable(value) {
  return typeof (value[Symbol.asyncIterator] ?? value[Symbol.iterator]) === "function";
}

/** Of any realm: `instanceof` would know only this one's. */
function tag(value) {
  return Object.prototype.toString.call(value).slice(8, -1);
}

function what(value) {
  if (value === null || value === undefined) return String(value);
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
