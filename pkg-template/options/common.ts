/** Options that many calls have in common. What a call has besides is in the files named after it. */
import type { CallOptions, WaitOptions } from "../types/bulk.d.ts";
import type { Progress, QueryOptions, ReadOptions, WriteOptions } from "../types/rows.d.ts";
import {
  type Check,
  callback,
  choice,
  duration,
  flag,
  nullable,
  object,
  optional,
  pause,
  signal,
  text,
  wrong,
} from "./checks.ts";
import { type Given, given, known, type NamesOf } from "./names.ts";

export interface Call {
  signal: AbortSignal | undefined;
  timeout: number | undefined;
}

export interface Read extends Call {
  empty: null | "";
}

export interface Poll {
  first: number;
  max: number;
}

/** `poll` is undefined where the client's own is to hold. */
export interface Wait extends Call {
  timeout: number;
  poll: Poll | undefined;
}

export type ReadAndWait = Read & Wait;

export interface Write extends Call {
  columns: string[] | undefined;
  emptyString: "ignore" | "null";
  strict: boolean;
}

export interface Follow {
  onProgress: ((progress: Progress) => void) | undefined;
  onAbort: NonNullable<QueryOptions["onAbort"]>;
}

export const CALL: NamesOf<CallOptions> = { signal: true, timeout: true };
export const READ: NamesOf<ReadOptions> = { ...CALL, empty: true };
export const WAIT: NamesOf<WaitOptions> = { ...CALL, poll: true };
export const WRITE: NamesOf<CallOptions & WriteOptions> = {
  ...CALL,
  columns: true,
  emptyString: true,
  strict: true,
};

/** Salesforce keeps a job for seven days: nobody waits longer to any purpose. */
const LONGEST_WAIT = 7 * 24 * 3_600_000;
const POLL = { first: 1000, max: 20_000 };

export function call(options: unknown): Call {
  return callOf(known(options, CALL));
}

export function read(options: unknown): Read {
  return readOf(known(options, READ));
}

export function wait(options: unknown): Wait {
  return waitOf(known(options, WAIT));
}

export function readAndWait(options: unknown): ReadAndWait {
  const one = known(options, { ...READ, ...WAIT });
  return { ...readOf(one), ...waitOf(one) };
}

export function write(options: unknown): Write {
  return writeOf(known(options, WRITE));
}

/** Of options that have other names besides, which are checked elsewhere. */
export function callOf(options: unknown): Call {
  const one = given(options);
  return {
    signal: nullable(signal, one.signal, "signal"),
    timeout: nullable(duration, one.timeout, "timeout"),
  };
}

export function readOf(one: Given): Read {
  const { empty = null } = one;
  return { ...callOf(one), empty: emptyCell(empty, "empty") };
}

export function waitOf(one: Given): Wait {
  const { timeout = LONGEST_WAIT, ...call } = callOf(one);
  return { ...call, timeout, poll: optional(poll, one.poll, "poll") };
}

export function writeOf(one: Given): Write {
  const { columns, emptyString: blank = "ignore", strict = false } = one;
  return {
    ...callOf(one),
    columns: optional(fieldNames, columns, "columns"),
    emptyString: emptyString(blank, "emptyString"),
    strict: flag(strict, "strict"),
  };
}

/** Of whole jobs. */
export function followOf({ onProgress, onAbort: then = "leave" }: Given): Follow {
  return {
    onProgress: optional(callback<(progress: Progress) => void>, onProgress, "onProgress"),
    onAbort: onAbort(then, "onAbort"),
  };
}

/** One that is given alone draws the other with it. */
export function poll(value: unknown, name: string): Poll {
  const one = known(object(value, name), { first: true, max: true }, name);
  const first = optional(pause, one.first, `${name}.first`);
  const max = optional(pause, one.max, `${name}.max`);
  if (first !== undefined && max !== undefined && first > max) {
    throw new TypeError("poll.max must not be less than poll.first");
  }
  return {
    first: first ?? Math.min(POLL.first, max ?? POLL.first),
    max: max ?? Math.max(POLL.max, first ?? POLL.max),
  };
}

const emptyCell: Check<null | ""> = (value, name) =>
  value === null ? null : choice("")(value, name);
const emptyString: Check<"ignore" | "null"> = (...args) => choice("ignore", "null")(...args);
const onAbort: Check<"leave" | "abort-job"> = (...args) => choice("leave", "abort-job")(...args);

function fieldNames(value: unknown, name: string): string[] {
  const names = columnNames(value, name);
  for (const [at, column] of names.entries()) text(column, `${name}[${at}]`);
  return distinct(names, name);
}

/** Names may be empty, and may occur twice: that is for who makes rows of them. */
export function columnNames(value: unknown, name: string): string[] {
  if (!Array.isArray(value) || value.length === 0)
    throw wrong(name, "an array of the names of columns", value);
  return value.map((column: unknown, at) => {
    if (typeof column !== "string") throw wrong(`${name}[${at}]`, "a text", column);
    return column;
  });
}

export function distinct(names: string[], name: string): string[] {
  if (new Set(names).size < names.length) throw new TypeError(`${name} names a field twice`);
  return names;
}
