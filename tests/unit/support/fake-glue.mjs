/**
 * Stands in for the wasm's exports. A test says what an operation does with `script(methods)`; the encoders write CSV
 * without quoting, which is enough to see what reached them.
 */
const state = {
  methods: {},
  flights: [],
  freed: 0,
  starts: 0,
  source: undefined,
  startError: undefined,
  onPanic: undefined,
};
const utf8 = new TextEncoder();

export const fake = state;

/** @param {Record<string, (...args: any[]) => unknown>} methods called with the operation as `this` */
export function script(methods) {
  Object.assign(state, { methods, flights: [], freed: 0 });
}

/** A reader that gives these chunks; a function is called, so that it can wait or throw. */
export function reader(chunks, more = {}) {
  const left = [...chunks];
  const next = async () => {
    const chunk = left.shift();
    return typeof chunk === "function" ? chunk() : chunk;
  };
  return { next, nextBytes: next, jobId: () => undefined, free: () => (state.freed += 1), ...more };
}

/** A chunk of cells, as the decoder would give it. */
export function cells(header, rows) {
  const texts = { ascii: "", wide: "" };
  const bounds = [];
  for (const value of rows.flat()) {
    const which = /^[\0-\x7f]*$/.test(value) ? "ascii" : "wide";
    const start = texts[which].length;
    bounds.push(which === "wide" ? ~start : start, start + value.length);
    texts[which] += value;
  }
  return { ...texts, bounds: Int32Array.from(bounds), header };
}

export default async function start({ module_or_path }) {
  state.starts += 1;
  state.source = module_or_path;
  if (state.startError !== undefined) throw state.startError;
}

export function onPanic(callback) {
  state.onPanic = callback;
}

export class Operation {
  aborted = false;

  constructor(flight) {
    this.flight = flight;
    state.flights.push(flight);
    for (const [name, method] of Object.entries(state.methods)) this[name] = method;
  }

  abort() {
    this.aborted = true;
  }

  free() {
    state.freed += 1;
  }
}

export class CsvEncoder {
  header(names) {
    return utf8.encode(`${names.join(",")}\n`);
  }

  joined(bytes, cells, columns) {
    const values = new TextDecoder().decode(bytes).split("\u001f");
    if (values.length !== cells) return undefined;
    const lengths = Uint32Array.from(values, (value) => value.length);
    return this.rows(values.join(""), lengths, columns);
  }

  rows(text, lengths, columns) {
    let at = 0;
    let out = "";
    for (const [i, length] of lengths.entries()) {
      out += text.slice(at, at + length) + ((i + 1) % columns === 0 ? "\n" : ",");
      at += length;
    }
    return utf8.encode(out);
  }

  free() {
    state.freed += 1;
  }
}

export class CsvIntake {
  #records = -1;
  #chars = 0;
  #head = "";

  push(bytes) {
    this.#chars += bytes.length;
    this.#head ||= new TextDecoder().decode(bytes);
    for (const byte of bytes) this.#records += byte === 10 ? 1 : 0;
    return bytes;
  }

  finish() {
    const records = Math.max(this.#records, 0);
    return { bytes: new Uint8Array(0), records, chars: this.#chars, free() {} };
  }

  dialect() {
    const header = this.#head.split(/\r?\n/, 1)[0].split(/[;,]/);
    return { delimiter: "SEMICOLON", lineEnding: "CRLF", header };
  }

  free() {
    state.freed += 1;
  }
}

export class XmlEncoder {
  records(json) {
    return utf8.encode(`<xml>${json}`);
  }

  finish() {
    return utf8.encode("</xml>");
  }

  free() {
    state.freed += 1;
  }
}

export const soqlObject = (soql) => /from\s+(\w+)/i.exec(soql)[1];
