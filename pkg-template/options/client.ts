/** Options of clients: `new Bulk`, and signing in. */
import type { BulkOptions, CommonOptions, ConnectOptions, Session } from "../types/bulk.d.ts";
import {
  callback,
  type Defined,
  dropUndefined,
  headerText,
  id,
  integer,
  object,
  optional,
  origin,
  pause,
  text,
  token,
  wrong,
} from "./checks.ts";
import { CALL, type Poll, poll } from "./common.ts";
import { type Given, given, known, type NamesOf } from "./names.ts";

export { call } from "./common.ts";

/** A request that was answered, or was not. */
export interface LoggedRequest {
  method: string;
  /** Without its query. */
  url: string;
  /** Undefined where there was no answer. */
  status: number | undefined;
  /** From the request to the head of its answer. */
  ms: number;
  /** 1 for the first try. */
  attempt: number;
  /** Why there was no answer. */
  error?: string;
}

export type Logger = (request: LoggedRequest) => void;

export interface Retry {
  attempts: number;
  maxDelay: number;
  maxTime: number;
}

export interface Timeouts {
  head: number;
  idle: number;
}

export interface Common {
  apiVersion: string;
  fetch: typeof fetch | undefined;
  retry: Retry;
  timeouts: Timeouts;
  poll: Poll;
  clientName: string | undefined;
  logger: Logger | undefined;
}

export interface SessionGiven {
  instanceUrl: string;
  token: string;
  refresh: (() => unknown) | undefined;
}

interface LoginGiven {
  username: string;
  password: string;
  securityToken: string | undefined;
  organizationId: string | undefined;
  loginUrl: string | undefined;
}

const COMMON: NamesOf<CommonOptions & { logger: Logger }> = {
  apiVersion: true,
  fetch: true,
  retry: true,
  timeouts: true,
  poll: true,
  clientName: true,
  logger: true,
};

/** A session can be given as `bulk.session` gives it. */
const SESSION: NamesOf<BulkOptions & Session & { logger: Logger }> = {
  ...COMMON,
  instanceUrl: true,
  accessToken: true,
  sessionId: true,
  refresh: true,
  userId: true,
  organizationId: true,
};

const LOGIN: NamesOf<ConnectOptions & { logger: Logger }> = {
  ...COMMON,
  username: true,
  password: true,
  securityToken: true,
  organizationId: true,
  loginUrl: true,
};

const DEFAULT_API_VERSION = "66.0";
const RETRY: Retry = { attempts: 5, maxDelay: 30_000, maxTime: 600_000 };
/** Without a limit a server that says nothing would hold a call for ever. */
const TIMEOUTS: Timeouts = { head: 120_000, idle: 60_000 };

/** What all clients have in common. The names of what they have besides are checked with that. */
export function common(options: unknown): Common {
  const one = given(object(options, "options"));
  return {
    apiVersion: apiVersion(one.apiVersion, "apiVersion"),
    fetch: optional(callback<typeof fetch>, one.fetch, "fetch"),
    retry: optional(retry, one.retry, "retry") ?? RETRY,
    timeouts: optional(timeouts, one.timeouts, "timeouts") ?? TIMEOUTS,
    poll: poll(one.poll ?? {}, "poll"),
    clientName: optional(headerText, one.clientName, "clientName"),
    logger: optional(callback<Logger>, one.logger, "logger"),
  };
}

/** A session that is there already. */
export function session(options: unknown): SessionGiven {
  const { instanceUrl, accessToken, sessionId, refresh } = known(
    object(options, "options"),
    SESSION,
  );
  if (accessToken !== undefined && sessionId !== undefined && accessToken !== sessionId) {
    throw new TypeError("accessToken and sessionId are the same thing: give one of them");
  }
  return {
    instanceUrl: origin(instanceUrl, "instanceUrl"),
    token: token(accessToken ?? sessionId, "accessToken (or sessionId)"),
    refresh: optional(callback<() => unknown>, refresh, "refresh"),
  };
}

/** Signing in. */
export function login(options: unknown): Defined<LoginGiven> {
  const one = given(object(options, "options"));
  refuseCallOptions(one);
  known(one, LOGIN);
  return dropUndefined({
    username: text(one.username, "username"),
    password: text(one.password, "password"),
    securityToken: optional(text, one.securityToken || undefined, "securityToken"),
    organizationId: optional(id, one.organizationId, "organizationId"),
    loginUrl: optional(origin, one.loginUrl, "loginUrl"),
  });
}

/** They are for signing in alone, not for the client that comes of it. */
function refuseCallOptions(one: Given): void {
  for (const name of Object.keys(CALL)) {
    if (one[name] === undefined || one[name] === null) continue;
    const call = `Bulk.connect(options, { ${name} })`;
    throw new TypeError(`${name} belongs into the second argument: ${call}`);
  }
}

function apiVersion(value: unknown, name: string): string {
  if (value === undefined) return DEFAULT_API_VERSION;
  const parts = /^v?(\d{2,3})(?:\.0)?$/.exec(String(value));
  if (parts === null) throw wrong(name, 'a version such as "66.0"', value);
  return `${parts[1]}.0`;
}

function retry(value: unknown, name: string): Retry {
  const one = known(object(value, name), RETRY, name);
  const { attempts, maxDelay, maxTime } = { ...RETRY, ...dropUndefined(one) };
  return {
    attempts: integer(attempts, "retry.attempts"),
    maxDelay: pause(maxDelay, "retry.maxDelay"),
    maxTime: pause(maxTime, "retry.maxTime"),
  };
}

function timeouts(value: unknown, name: string): Timeouts {
  const one = known(object(value, name), TIMEOUTS, name);
  const { head, idle } = { ...TIMEOUTS, ...dropUndefined(one) };
  return {
    head: Math.max(1, pause(head, "timeouts.head")),
    idle: Math.max(1, pause(idle, "timeouts.idle")),
  };
}
