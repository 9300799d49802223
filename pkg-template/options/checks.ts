/** Checks of single values. Each gives the value back, or throws a TypeError with the option's name. */

export function wrong(name, wanted, value) {
  return new TypeError(`${name} must be ${wanted}, not ${show(value)}`);
}

/** A value as a message may show it: short, and never the text itself, which could be a secret. */
function show(value) {
  if (typeof value === "string") return value === "" ? "an empty string" : "this string";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** Runs `check` only where there is a value. */
export function optional(check, value, name) {
  return value === undefined ? undefined : check(value, name);
}

export function text(value, name) {
  if (typeof value !== "string" || value.trim() === "") throw wrong(name, "a string", value);
  return value;
}

export function flag(value, name) {
  if (typeof value !== "boolean") throw wrong(name, "true or false", value);
  return value;
}

export function callback(value, name) {
  if (typeof value !== "function") throw wrong(name, "a function", value);
  return value;
}

export function object(value, name) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw wrong(name, "an object", value);
  }
  return value;
}

export function integer(value, name, least = 1, most = Number.MAX_SAFE_INTEGER) {
  if (!Number.isSafeInteger(value) || value < least || value > most) {
    const upTo = most === Number.MAX_SAFE_INTEGER ? "" : ` and at the most ${most}`;
    throw wrong(name, `a whole number of at least ${least}${upTo}`, value);
  }
  return value;
}

/** The longest delay that timers take, in ms; beyond it they fire at once. */
export const LONGEST_TIMER = 2 ** 31 - 1;

/** A pause as Rust reads it: whole milliseconds that a timer takes. */
export function pause(value, name) {
  return Math.min(Math.ceil(duration(value, name)), LONGEST_TIMER);
}

/** Milliseconds. */
export function duration(value, name) {
  if (typeof value !== "number" || Number.isNaN(value) || value < 0) {
    throw wrong(name, "a number of milliseconds", value);
  }
  return value;
}

export function choice(...allowed) {
  const list = allowed.map((one) => JSON.stringify(one)).join(", ");
  return (value, name) => {
    if (allowed.includes(value)) return value;
    const given = typeof value === "string" ? ` (${JSON.stringify(value.slice(0, 40))})` : "";
    throw new TypeError(`${name} must be one of ${list}${given}`);
  };
}

/** A Salesforce id. It becomes part of an address, so nothing else may pass. */
export function id(value, name) {
  if (typeof value !== "string" || !/^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(value)) {
    throw wrong(name, "a Salesforce id of 15 or 18 letters and digits", value);
  }
  return value;
}

/** The API name of an object. Which names there are is for the org to say; this keeps slips and markup out. */
export function apiName(value, name) {
  if (typeof value !== "string" || !/^\w+$/.test(value)) {
    throw wrong(name, 'an API name such as "Account"', value);
  }
  return value;
}

/** An external id field; a parent's is dotted. */
export function fieldName(value, name) {
  if (typeof value !== "string" || !/^[A-Za-z]\w*(?:\.[A-Za-z]\w*)*$/.test(value)) {
    throw wrong(name, 'a field name such as "Ext__c"', value);
  }
  return value;
}

/** A token goes into a header: what could break out of it is refused. */
export function token(value, name) {
  if (typeof value !== "string" || !/^[\x21-\x7e]+$/.test(value)) {
    throw wrong(name, "a token: text without spaces or line breaks", value);
  }
  return value;
}

/** The origin of an address given as a URL, text, or the bare host. */
export function origin(value, name) {
  const given = (typeof value?.href === "string" ? value.href : text(value, name)).trim();
  const address = given.includes("://") ? given : `https://${given}`;
  const url = parse(address);
  if (url?.protocol === "http:" && !isLoopback(url.hostname)) {
    throw new TypeError(`${name} must begin with https://: others can listen to http://`);
  }
  if (url?.protocol !== "https:" && url?.protocol !== "http:") throw wrong(name, ADDRESS, value);
  return url.origin;
}

/** This machine: there is no line that others could listen to. */
function isLoopback(host) {
  return host === "localhost" || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
}

const ADDRESS = "an address such as https://acme.my.salesforce.com";

function parse(address) {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}

export function signal(value, name) {
  const fits = typeof value?.aborted === "boolean" && typeof value.addEventListener === "function";
  if (!fits) throw wrong(name, "an AbortSignal", value);
  return value;
}
