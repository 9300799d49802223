/** What callers may give, checked and made plain: one function for each kind of options. */
import {
  apiName,
  callback,
  choice,
  duration,
  fieldName,
  flag,
  id,
  integer,
  object,
  optional,
  origin,
  pause,
  signal,
  text,
  token,
  wrong,
} from "./checks.ts";

const DEFAULT_API_VERSION = "66.0";
const RETRY = { attempts: 5, maxDelay: 30_000, maxTime: 600_000 };
const TIMEOUTS = { head: 120_000, idle: 60_000 };
const POLL = { first: 1000, max: 20_000 };
const MAX_CHUNK = 250_000;

/** The names of the delimiters, by their characters. */
const DELIMITERS = Object.freeze({
  "`": "BACKQUOTE",
  "^": "CARET",
  ",": "COMMA",
  "|": "PIPE",
  ";": "SEMICOLON",
  "\t": "TAB",
});
export const delimiter = choice(...Object.values(DELIMITERS));
const delimiterOrCharacter = choice(...Object.values(DELIMITERS), ...Object.keys(DELIMITERS));
export const lineEnding = choice("LF", "CRLF");
const contentType = choice("CSV", "JSON", "XML");
const concurrencyMode = choice("Parallel", "Serial");
const operation = choice("query", "queryAll", "insert", "update", "upsert", "delete", "hardDelete");
const ingestOperation = choice("insert", "update", "upsert", "delete", "hardDelete");
export const queryOperation = choice("query", "queryAll");
const empty = choice(null, "");
const emptyString = choice("ignore", "null");
const ragged = choice("error", "pad");
/** With a record that long, a quote was probably never closed. */
const MAX_RECORD = 16 << 20;
/** What the memory of a wasm can hold. */
const MOST_BYTES = 1 << 30;
const onAbort = choice("leave", "abort-job");

/** The options themselves, which may be left out. */
function options(given, name = "options") {
  return given === undefined ? {} : object(given, name);
}

export function call(given) {
  const one = options(given);
  return {
    signal: optional(signal, one.signal, "signal"),
    timeout: optional(duration, one.timeout, "timeout"),
  };
}

export function read(given) {
  const { empty: one = null } = options(given);
  return { ...call(given), empty: empty(one, "empty") };
}

/** Salesforce keeps a job for seven days: nobody waits longer to any purpose. */
const LONGEST_WAIT = 7 * 24 * 3_600_000;

/** `poll` is left out where the client's own is to hold. */
export function wait(given) {
  const { timeout = LONGEST_WAIT, poll } = options(given);
  return {
    ...call(given),
    timeout: duration(timeout, "timeout"),
    poll: poll === undefined ? undefined : pollOf(poll),
  };
}

export function readAndWait(given) {
  return { ...read(given), ...wait(given) };
}

export function write(given) {
  const { columns, emptyString: blank = "ignore", strict = false } = options(given);
  return {
    ...call(given),
    columns: optional(columnList, columns, "columns"),
    emptyString: emptyString(blank, "emptyString"),
    strict: flag(strict, "strict"),
  };
}

export function query(given) {
  refuseV1(given, "bulk.v1.query(soql, options)");
  const { maxRecords, columnDelimiter, lineEnding: ending } = options(given);
  return {
    ...readAndWait(given),
    ...progress(given),
    maxRecords: optional(integer, maxRecords, "maxRecords"),
    columnDelimiter: optional(delimiter, columnDelimiter, "columnDelimiter"),
    lineEnding: optional(lineEnding, ending, "lineEnding"),
  };
}

export function load(given) {
  refuseV1(given, "bulk.v1.createJob(options) and addBatch(records)");
  const { assignmentRuleId, columnDelimiter } = options(given);
  return {
    ...write(given),
    ...wait(given),
    ...progress(given),
    assignmentRuleId: optional(id, assignmentRuleId, "assignmentRuleId"),
    columnDelimiter: optional(delimiter, columnDelimiter, "columnDelimiter"),
  };
}

export function page(given) {
  const { locator, maxRecords } = options(given);
  return {
    ...read(given),
    locator: optional(text, locator, "locator"),
    maxRecords: optional(integer, maxRecords, "maxRecords"),
  };
}

export function v1Job(given) {
  const one = object(given, "options");
  const kind = operation(one.operation, "operation");
  return dropUndefined({
    object: apiName(one.object, "object"),
    operation: kind,
    externalIdFieldName: externalId(one.externalIdFieldName, kind),
    contentType: contentType(one.contentType ?? "CSV", "contentType"),
    concurrencyMode: optional(concurrencyMode, one.concurrencyMode, "concurrencyMode"),
    pkChunking: optional(pkChunking, one.pkChunking, "pkChunking"),
    assignmentRuleId: optional(id, one.assignmentRuleId, "assignmentRuleId"),
    lineEnding: optional(lineEnding, one.lineEnding, "lineEnding"),
    disableBatchRetry: optional(flag, one.disableBatchRetry, "disableBatchRetry"),
  });
}

export function ingestJob(given) {
  const one = object(given, "options");
  const kind = ingestOperation(one.operation, "operation");
  return dropUndefined({
    object: apiName(one.object, "object"),
    operation: kind,
    externalIdFieldName: externalId(one.externalIdFieldName, kind),
    columnDelimiter: optional(delimiter, one.columnDelimiter, "columnDelimiter"),
    lineEnding: optional(lineEnding, one.lineEnding, "lineEnding"),
    assignmentRuleId: optional(id, one.assignmentRuleId, "assignmentRuleId"),
    csv: optional(text, one.csv, "csv"),
  });
}

export function queryJob(given) {
  const one = object(given, "options");
  return dropUndefined({
    query: text(one.query, "query"),
    operation: queryOperation(one.operation ?? "query", "operation"),
    columnDelimiter: optional(delimiter, one.columnDelimiter, "columnDelimiter"),
    lineEnding: optional(lineEnding, one.lineEnding, "lineEnding"),
  });
}

export function list(given) {
  const one = object(given, "options");
  const jobType = choice("V2Ingest", "V2Query", "Classic", "BigObjectIngest");
  return dropUndefined({
    kind: choice("ingest", "query")(one.kind, "kind"),
    jobType: optional(jobType, one.jobType, "jobType"),
    pkChunking: optional(flag, one.pkChunking, "pkChunking"),
    concurrencyMode: optional(concurrencyMode, one.concurrencyMode, "concurrencyMode"),
  });
}

/** Reading CSV on its own. What is undefined is left to Rust. */
export function parseCsv(given) {
  const one = options(given);
  const { nested = false, ragged: uneven = "error", fatal = false } = one;
  const { maxRecordBytes = MAX_RECORD } = one;
  return {
    ...read(given),
    delimiter: optional(anyDelimiter, one.delimiter, "delimiter"),
    header: optional(headerNames, one.header, "header"),
    null: optional(nullText, one.null, "null"),
    nested: flag(nested, "nested"),
    ragged: ragged(uneven, "ragged"),
    fatal: flag(fatal, "fatal"),
    maxRecordBytes: integer(maxRecordBytes, "maxRecordBytes", 1, MOST_BYTES),
  };
}

/** Writing CSV on its own. */
export function formatCsv(given) {
  const { columns, ...rest } = options(given);
  const { delimiter: between = "COMMA", lineEnding: ending = "LF", header = true } = rest;
  return {
    ...write(rest),
    columns: optional(uniqueNames, columns, "columns"),
    delimiter: anyDelimiter(between, "delimiter"),
    lineEnding: lineEnding(ending, "lineEnding"),
    header: flag(header, "header"),
    nullText: optional(nullText, rest.null, "null") ?? "",
  };
}

export function splitCsv(given) {
  const one = object(given, "options");
  if (one.maxBytes === undefined && one.maxRows === undefined && one.maxChars === undefined) {
    throw new TypeError("options: give maxBytes, maxRows or maxChars, or all of them");
  }
  return {
    ...call(given),
    maxBytes: optional(integer, one.maxBytes, "maxBytes"),
    maxRows: optional(integer, one.maxRows, "maxRows"),
    maxChars: optional(integer, one.maxChars, "maxChars"),
    delimiter: optional(anyDelimiter, one.delimiter, "delimiter"),
    maxRecordBytes: MAX_RECORD,
  };
}

/** What all clients have in common. */
export function common(given) {
  const { apiVersion, fetch, retry, timeouts, poll, clientName } = object(given, "options");
  return {
    apiVersion: apiVersionOf(apiVersion),
    fetch: optional(callback, fetch, "fetch"),
    retry: retry === undefined ? RETRY : retryOf(retry),
    timeouts: timeouts === undefined ? TIMEOUTS : timeoutsOf(timeouts),
    poll: poll === undefined ? POLL : pollOf(poll),
    clientName: optional(headerText, clientName, "clientName"),
  };
}

/** A session that is there already. */
export function session(given) {
  const { instanceUrl, accessToken, sessionId, refresh } = object(given, "options");
  if (accessToken !== undefined && sessionId !== undefined && accessToken !== sessionId) {
    throw new TypeError("accessToken and sessionId are the same thing: give one of them");
  }
  return {
    instanceUrl: origin(instanceUrl, "instanceUrl"),
    token: token(accessToken ?? sessionId, "accessToken (or sessionId)"),
    refresh: optional(callback, refresh, "refresh"),
  };
}

export function login(given) {
  const { username, password, securityToken, organizationId, loginUrl } = object(given, "options");
  return dropUndefined({
    username: text(username, "username"),
    password: text(password, "password"),
    securityToken: optional(text, securityToken || undefined, "securityToken"),
    organizationId: optional(id, organizationId, "organizationId"),
    loginUrl: optional(origin, loginUrl, "loginUrl"),
  });
}

function apiVersionOf(given) {
  if (given === undefined) return DEFAULT_API_VERSION;
  const parts = /^v?(\d{2,3})(?:\.0)?$/.exec(String(given));
  if (parts === null) throw wrong("apiVersion", 'a version such as "66.0"', given);
  return `${parts[1]}.0`;
}

function retryOf(given) {
  const { attempts, maxDelay, maxTime } = { ...RETRY, ...dropUndefined(object(given, "retry")) };
  return {
    attempts: integer(attempts, "retry.attempts"),
    maxDelay: pause(maxDelay, "retry.maxDelay"),
    maxTime: pause(maxTime, "retry.maxTime"),
  };
}

/** Without a limit a server that says nothing would hold a call for ever. */
function timeoutsOf(given) {
  const { head, idle } = { ...TIMEOUTS, ...dropUndefined(object(given, "timeouts")) };
  return {
    head: Math.max(1, pause(head, "timeouts.head")),
    idle: Math.max(1, pause(idle, "timeouts.idle")),
  };
}

/** One that is given alone draws the other with it. */
function pollOf(given) {
  const { first: firstGiven, max: maxGiven } = object(given, "poll");
  const first = optional(pause, firstGiven, "poll.first");
  const max = optional(pause, maxGiven, "poll.max");
  if (first > max) throw new TypeError("poll.max must not be less than poll.first");
  return {
    first: first ?? Math.min(POLL.first, max ?? POLL.first),
    max: max ?? Math.max(POLL.max, first ?? POLL.max),
  };
}

function progress(given) {
  const { onProgress, onAbort: then = "leave" } = options(given);
  return {
    onProgress: optional(callback, onProgress, "onProgress"),
    onAbort: onAbort(then, "onAbort"),
  };
}

/** Whole jobs run on Bulk API 2.0; an option of the other must not be dropped in silence. */
function refuseV1(given, instead) {
  const one = options(given);
  if (one.api === "1.0")
    throw new TypeError(`api: whole jobs run on Bulk API 2.0; for 1.0 use ${instead}`);
  if (one.api !== undefined) choice("2.0")(one.api, "api");
  for (const name of ["pkChunking", "concurrencyMode", "contentType", "object"]) {
    if (one[name] === undefined) continue;
    throw new TypeError(`${name} is an option of Bulk API 1.0: use ${instead}`);
  }
}

function externalId(value, operation) {
  if (operation === "upsert") return fieldName(value, "externalIdFieldName");
  if (value === undefined) return undefined;
  throw new TypeError(`externalIdFieldName is for upsert, not for ${operation}`);
}

function pkChunking(value, name) {
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return integer(value, name, 1, MAX_CHUNK);
  if (typeof value === "string") return headerText(value, name);
  const { chunkSize, parent, startRow } = object(value, name);
  return dropUndefined({
    chunkSize: optional(
      (size, of) => integer(size, of, 1, MAX_CHUNK),
      chunkSize,
      `${name}.chunkSize`,
    ),
    parent: optional(apiName, parent, `${name}.parent`),
    startRow: optional(id, startRow, `${name}.startRow`),
  });
}

function columnList(value, name) {
  if (!Array.isArray(value) || value.length === 0)
    throw wrong(name, "an array of field names", value);
  for (const [at, column] of value.entries()) text(column, `${name}[${at}]`);
  return uniqueNames(value, name);
}

function uniqueNames(value, name) {
  const names = headerNames(value, name);
  if (new Set(names).size < names.length) throw new TypeError(`${name} names a field twice`);
  return names;
}

function anyDelimiter(value, name) {
  return DELIMITERS[value] ?? delimiterOrCharacter(value, name);
}

/** Names may be empty, and may occur twice: that is for who makes rows of them. */
function headerNames(value, name) {
  if (!Array.isArray(value) || value.length === 0)
    throw wrong(name, "an array of the names of columns", value);
  for (const [at, column] of value.entries()) {
    if (typeof column !== "string") throw wrong(`${name}[${at}]`, "a string", column);
  }
  return [...value];
}

function nullText(value, name) {
  if (typeof value !== "string") throw wrong(name, "a string", value);
  return value;
}

function headerText(value, name) {
  if (typeof value !== "string" || !/^[\x20-\x7e]+$/.test(value)) {
    throw wrong(name, "a line of ASCII text", value);
  }
  return value;
}

function dropUndefined(fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
