/** What a value is, in words for a message: never the value itself, which could be a secret. */

export function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "an array";
  if (typeof value !== "object") return withArticle(typeof value);
  if (isThenable(value)) return "a promise";
  const kind = kindOf(value);
  if (kind !== "Object") return describeInstance(kind);
  return Object.keys(value).length === 0 ? "an object without fields" : "an object";
}

/** Of any realm, where `instanceof` would know only this one's: "Date", "Map", "Response". */
export function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

/** Whether it is a promise, or something that has to be awaited like one. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    "then" in value &&
    typeof value.then === "function"
  );
}

/** The name of its class. */
function kindOf(value: object): string {
  const tag = tagOf(value);
  if (tag !== "Object") return tag;
  const made: unknown = Object.getPrototypeOf(value)?.constructor;
  return typeof made === "function" && made.name !== "" ? made.name : "Object";
}

function describeInstance(kind: string): string {
  const boxed = kind === "String" || kind === "Number" || kind === "Boolean";
  return boxed ? `a ${kind} object` : withArticle(kind);
}

function withArticle(noun: string): string {
  return `${/^(?:[AEIO]|U(?!RL|int))/i.test(noun) ? "an" : "a"} ${noun}`;
}
