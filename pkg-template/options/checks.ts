/** Checks of single values. Each gives the value back, or throws a TypeError with the option's name. */

/** Gives a value of whatever kind back as what it must be. */
export type Check<T> = (value: unknown, name: string) => T;

export function wrong(name: string, wanted: string, value: unknown): TypeError {
  const end =
    typeof value === "string" && value !== ""
      ? "; the text that was given is not"
      : `, not ${describe(value)}`;
  return new TypeError(`${name} must be ${wanted}${end}`);
}

/** A value as a message may show it: short, and never the text itself, which could be a secret. */
function describe(value: unknown): string {
  if (value === "") return "an empty text";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** Runs `check` only where there is a value. */
export function optional<T>(check: Check<T>, value: unknown, name: string): T | undefined {
  return value === undefined ? undefined : check(value, name);
}

/** The same, where the platform takes null for nothing. */
export function nullable<T>(check: Check<T>, value: unknown, name: string): T | undefined {
  return value === null ? undefined : optional(check, value, name);
}

/** Text that says something. */
export function text(value: unknown, name: string): string {
  if (typeof value !== "string") throw wrong(name, "a text", value);
  if (value.trim() === "") throw new TypeError(`${name} must not be empty`);
  return value;
}

/** Text of any kind. */
export function anyText(value: unknown, name: string): string {
  if (typeof value !== "string") throw wrong(name, "a text", value);
  return value;
}

export function flag(value: unknown, name: string): boolean {
  if (typeof value !== "boolean") throw wrong(name, "true or false", value);
  return value;
}

type Callback = (...args: never[]) => unknown;

export function callback<T extends Callback>(value: unknown, name: string): T {
  if (typeof value !== "function") throw wrong(name, "a function", value);
  return value as T;
}

export function object(value: unknown, name: string): object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw wrong(name, "an object", value);
  }
  return value;
}

export function integer(
  value: unknown,
  name: string,
  least = 1,
  most: number = Number.MAX_SAFE_INTEGER,
): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < least || value > most) {
    const upTo = most === Number.MAX_SAFE_INTEGER ? "" : ` and at the most ${most}`;
    throw wrong(name, `a whole number of at least ${least}${upTo}`, value);
  }
  return value;
}

/** The longest delay that timers take, in ms; beyond it they fire at once. */
export const LONGEST_TIMER = 0x7fffffff;

/** A pause as Rust reads it: whole milliseconds that a timer takes. */
export function pause(value: unknown, name: string): number {
  return Math.min(Math.ceil(duration(value, name)), LONGEST_TIMER);
}

/** Milliseconds. */
export function duration(value: unknown, name: string): number {
  if (typeof value !== "number" || Number.isNaN(value) || value < 0) {
    throw wrong(name, "a number of milliseconds", value);
  }
  return value;
}

export function choice<const T>(...allowed: readonly T[]): Check<T> {
  return (value, name) => {
    const found = allowed.find((one) => one === value);
    if (found !== undefined) return found;
    const list = allowed.map((one) => JSON.stringify(one)).join(", ");
    const shown = typeof value === "string" ? ` (${JSON.stringify(value.slice(0, 40))})` : "";
    throw new TypeError(`${name} must be one of ${list}${shown}`);
  };
}

/** A Salesforce id. It becomes part of an address, so nothing else may pass. */
export function id(value: unknown, name: string): string {
  if (typeof value !== "string" || !/^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(value)) {
    throw wrong(name, "a Salesforce id of 15 or 18 letters and digits", value);
  }
  return value;
}

/** The API name of an object. Which names there are is for the org to say; this keeps slips and markup out. */
export function apiName(value: unknown, name: string): string {
  if (typeof value !== "string" || !/^\w+$/.test(value)) {
    throw wrong(name, 'an API name such as "Account"', value);
  }
  return value;
}

/** An external id field; a parent's is dotted. */
export function fieldName(value: unknown, name: string): string {
  if (typeof value !== "string" || !/^[A-Za-z]\w*(?:\.[A-Za-z]\w*)*$/.test(value)) {
    throw wrong(name, 'a field name such as "Ext__c"', value);
  }
  return value;
}

/** A token goes into a header: what could break out of it is refused. */
export function token(value: unknown, name: string): string {
  if (typeof value !== "string" || !/^[\x21-\x7e]+$/.test(value)) {
    throw wrong(name, "a token, text without spaces or line breaks", value);
  }
  return value;
}

/** What a header can carry. */
export function headerText(value: unknown, name: string): string {
  if (typeof value !== "string" || !/^[\x20-\x7e]+$/.test(value)) {
    throw wrong(name, "a line of ASCII text", value);
  }
  return value;
}

const ADDRESS = "an address such as https://acme.my.salesforce.com";

/** The origin of an address given as a URL, text, or the bare host. */
export function origin(value: unknown, name: string): string {
  const given = addressOf(value, name).trim();
  const url = parseUrl(given.includes("://") ? given : `https://${given}`);
  if (url?.protocol === "http:" && !isLoopback(url.hostname)) {
    throw new TypeError(`${name} must begin with https://: others can listen to http://`);
  }
  if (url?.protocol !== "https:" && url?.protocol !== "http:") throw wrong(name, ADDRESS, value);
  return url.origin;
}

/** A URL may be of another realm. */
function addressOf(value: unknown, name: string): string {
  const url = typeof value === "object" && value !== null && "href" in value ? value.href : value;
  if (typeof url !== "string") throw wrong(name, ADDRESS, value);
  return text(url, name);
}

/** This machine: there is no line that others could listen to. */
function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function parseUrl(address: string): URL | undefined {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}

/** An AbortSignal of any realm, or one that works as they do. */
export function signal(value: unknown, name: string): AbortSignal {
  if (!isSignal(value)) throw wrong(name, "an AbortSignal", value);
  return value;
}

function isSignal(value: unknown): value is AbortSignal {
  if (typeof value !== "object" || value === null) return false;
  const { aborted, addEventListener } = value as Partial<AbortSignal>;
  return typeof aborted === "boolean" && typeof addEventListener === "function";
}

/** Fields without those that are undefined. */
export function dropUndefined<T extends object>(fields: T): Defined<T> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Defined<T>;
}

/** What may be undefined may be absent instead, and nothing else. */
export type Defined<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};
