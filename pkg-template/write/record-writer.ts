/** Records → the JSON and XML of Bulk API 1.0. XML is made by Rust, from the same JSON. */
import { atField, fieldTwice, unknownField } from "./columns.ts";
import { type Fields, fieldsOf, isRecord, recordOf, resolved } from "./fields.ts";
import { jsonValue, type ValueRules } from "./values.ts";

/** A block is handed over when it has so many records. */
const BLOCK = 500;

export interface RecordEncoder {
  /** Takes the text of a JSON array. */
  records(json: string): Uint8Array<ArrayBuffer>;
  finish(): Uint8Array<ArrayBuffer>;
}

/** Where what is written goes. */
interface Target {
  readonly records: number;
  count(): void;
  add(bytes: Uint8Array<ArrayBuffer>): void;
}

interface RecordRules extends ValueRules {
  readonly columns?: readonly string[] | undefined;
}

/** Joins blocks into one JSON array. */
export class JsonBlocks implements RecordEncoder {
  readonly #utf8 = new TextEncoder();
  #opening = "[";

  records(json: string): Uint8Array<ArrayBuffer> {
    const block = this.#opening + json.slice(1, -1);
    this.#opening = ",";
    return this.#utf8.encode(block);
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.#utf8.encode("]");
  }
}

type Written = string | number | boolean | null;

/** A parent as it is sent. */
interface Parent {
  attributes?: { type: string };
  [field: string]: Written | { type: string } | undefined;
}

/** A record as it is sent: it has no prototype, so that a field may have any name. */
type Tree = Record<string, Written | Parent>;

export class RecordWriter {
  readonly #encoder: RecordEncoder;
  readonly #target: Target;
  readonly #rules: RecordRules;
  readonly #allowed: ReadonlySet<string> | undefined;
  #block: Tree[] = [];

  constructor(encoder: RecordEncoder, target: Target, rules: RecordRules) {
    this.#encoder = encoder;
    this.#target = target;
    this.#rules = rules;
    this.#allowed = rules.columns && new Set(rules.columns);
  }

  add(given: unknown): void {
    this.#target.count();
    const row = this.#target.records;
    this.#block.push(this.#treeOf(recordOf(given, row), row));
    if (this.#block.length === BLOCK) this.#flush();
  }

  finish(): void {
    this.#flush();
    if (this.#target.records > 0) this.#target.add(this.#encoder.finish());
  }

  #flush(): void {
    if (this.#block.length > 0)
      this.#target.add(this.#encoder.records(JSON.stringify(this.#block)));
    this.#block = [];
  }

  #treeOf(record: Fields, row: number): Tree {
    const tree: Tree = Object.create(null);
    for (const [name, given] of fieldsOf(record)) {
      const value = resolved(given);
      if (isRecord(value)) this.#putParent(tree, name, value, row);
      else this.#put(tree, { path: name, name, row }, value);
    }
    return tree;
  }

  #putParent(tree: Tree, parent: string, record: Fields, row: number): void {
    const type = polymorphicType(record);
    const prefix = type === undefined ? "" : `${type}:`;
    for (const [field, value] of fieldsOf(record)) {
      const name = `${parent}.${field}`;
      this.#put(tree, { path: prefix + name, name, row }, value);
    }
  }

  /** A dotted path goes into its parent, and one such as `Lead:Who.Email` says the parent's type. */
  #put(
    tree: Tree,
    { path, name, row }: { path: string; name: string; row: number },
    value: unknown,
  ) {
    const written = this.#value(value, name, row);
    if (written === undefined) return;
    if (this.#allowed && !this.#allowed.has(name)) throw unknownField(name, row);
    const [, type, parent, field] = /^(?:(\w+):)?(\w+)\.(.+)$/.exec(path) ?? [];
    if (parent === undefined || field === undefined) {
      tree[path] = written;
      return;
    }
    const fields = parentIn(tree, parent);
    if (Object.hasOwn(fields, field)) throw fieldTwice(name, row);
    if (type !== undefined) fields.attributes = { type };
    fields[field] = written;
  }

  #value(value: unknown, field: string, row: number): Written | undefined {
    try {
      return jsonValue(value, this.#rules);
    } catch (problem) {
      throw atField(problem, { row, field });
    }
  }
}

/** The parent of this name; what stood there as a value gives way to it. */
function parentIn(tree: Tree, name: string): Parent {
  const there = tree[name];
  if (typeof there === "object" && there !== null) return there;
  const made: Parent = Object.create(null);
  tree[name] = made;
  return made;
}

/**
 * Where a parent may be of several types, `attributes: { type }` says which, and only then may it be sent. With a `url`
 * it is no more than what Salesforce's REST API adds to whatever it reads.
 */
function polymorphicType({ attributes }: Fields): string | undefined {
  if (!isRecord(attributes) || attributes.url !== undefined) return undefined;
  return typeof attributes.type === "string" ? attributes.type : undefined;
}
