/** Records → the JSON and XML of Bulk API 1.0. XML is made by Rust, from the same JSON. */
import { atField, checkRecord, fieldsOf, unknownField } from "./columns.ts";
import { isParent, jsonValue, ValueProblem } from "./values.ts";

/** A block is handed over when it has so many records. */
const BLOCK = 500;

const utf8 = new TextEncoder();

/** Joins blocks into one JSON array. */
export class JsonBlocks {
  #opening = "[";

  /** @param {string} json an array */
  records(json) {
    const piece = this.#opening + json.slice(1, -1);
    this.#opening = ",";
    return utf8.encode(piece);
  }

  finish() {
    return utf8.encode("]");
  }
}

export class RecordWriter {
  #encoder;
  #parts;
  #rules;
  #allowed;
  #block = [];

  /**
   * @param {{ records(json: string): Uint8Array, finish(): Uint8Array }} encoder
   * @param {import("./parts.ts").Parts} parts
   * @param {{ columns?: string[] } & import("./values.ts").ValueRules} rules
   */
  constructor(encoder, parts, rules) {
    this.#encoder = encoder;
    this.#parts = parts;
    this.#rules = rules;
    this.#allowed = rules.columns && new Set(rules.columns);
  }

  /** @param {unknown} record */
  add(record) {
    this.#parts.count();
    checkRecord(record, this.#parts.records);
    this.#block.push(this.#nested(record, this.#parts.records));
    if (this.#block.length === BLOCK) this.#flush();
  }

  finish() {
    this.#flush();
    if (this.#parts.records > 0) this.#parts.add(this.#encoder.finish());
  }

  #flush() {
    if (this.#block.length > 0) this.#parts.add(this.#encoder.records(JSON.stringify(this.#block)));
    this.#block = [];
  }

  #nested(record, row) {
    const nested = Object.create(null);
    for (const [name, value] of fieldsOf(record)) {
      if (isParent(value)) this.#putParent(nested, name, value, row);
      else this.#put(nested, name, value, row);
    }
    return nested;
  }

  #putParent(nested, parent, record, row) {
    const type = polymorphicType(record);
    for (const [field, value] of fieldsOf(record)) {
      this.#put(
        nested,
        `${type ? `${type}:` : ""}${parent}.${field}`,
        value,
        row,
        `${parent}.${field}`,
      );
    }
  }

  /** One field; a dotted name goes into its parent, and one such as `Lead:Who.Email` says the parent's type. */
  #put(nested, path, value, row, name = path) {
    const written = this.#value(value, name, row);
    if (written === undefined) return;
    if (this.#allowed && !this.#allowed.has(name)) throw unknownField(name, row);
    const [, type, parent, field] = /^(?:(\w+):)?(\w+)\.(.+)$/.exec(path) ?? [];
    if (parent === undefined) {
      nested[path] = written;
      return;
    }
    nested[parent] ??= Object.create(null);
    if (type !== undefined) nested[parent].attributes = { type };
    nested[parent][field] = written;
  }

  #value(value, name, row) {
    try {
      return jsonValue(value, this.#rules);
    } catch (problem) {
      throw problem instanceof ValueProblem ? atField(problem, { row, field: name }) : problem;
    }
  }
}

/**
 * Where a parent may be of several types, `attributes: { type }` says which, and only then may it be sent. With a `url`
 * it is no more than what Salesforce's REST API adds to whatever it reads.
 */
function polymorphicType({ attributes }) {
  return isParent(attributes) && attributes.url === undefined ? attributes.type : undefined;
}
