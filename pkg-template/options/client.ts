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
import { callNames, type Poll, poll } from "./common.ts";
import { type Given, known, type NamesOf, optionsOf } from "./names.ts";

export { call } from "./common.ts";

export type Logger = NonNullable<CommonOptions["logger"]>;

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

const commonNames = (): NamesOf<CommonOptions> => ({
  apiVersion: true,
  fetch: true,
  retry: true,
  timeouts: true,
  poll: true,
  clientName: true,
  logger: true,
});

/** A session can be given as `bulk.session` gives it. */
const sessionNames = (): NamesOf<BulkOptions & Session> => ({
  ...commonNames(),
  instanceUrl: true,
  accessToken: true,
  sessionId: true,
  refresh: true,
  userId: true,
  organizationId: true,
});

const loginNames = (): NamesOf<ConnectOptions> => ({
  ...commonNames(),
  username: true,
  password: true,
  securityToken: true,
  organizationId: true,
  loginUrl: true,
});

const DEFAULT_API_VERSION = "66.0";
const RETRY: Retry = { attempts: 5, maxDelay: 30_000, maxTime: 600_000 };
/** Without a limit a server that says nothing would hold a call for ever. */
const TIMEOUTS: Timeouts = { head: 120_000, idle: 60_000 };

/** What all clients have in common. The names of what they have besides are checked with that. */
export function common(options: unknown): Common {
  const given = optionsOf(object(options, "options"));
  return {
    apiVersion: apiVersion(given.apiVersion, "apiVersion"),
    fetch: optional(callback<typeof fetch>, given.fetch, "fetch"),
    retry: optional(retry, given.retry, "retry") ?? RETRY,
    timeouts: optional(timeouts, given.timeouts, "timeouts") ?? TIMEOUTS,
    poll: poll(given.poll ?? {}, "poll"),
    clientName: optional(headerText, given.clientName, "clientName"),
    logger: optional(callback<Logger>, given.logger, "logger"),
  };
}

/** A session that is there already. */
export function session(options: unknown): SessionGiven {
  const { instanceUrl, accessToken, sessionId, refresh } = known(
    object(options, "options"),
    sessionNames(),
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
  const given = optionsOf(object(options, "options"));
  refuseCallOptions(given);
  known(given, loginNames());
  return dropUndefined({
    username: text(given.username, "username"),
    password: text(given.password, "password"),
    securityToken: optional(text, given.securityToken || undefined, "securityToken"),
    organizationId: optional(id, given.organizationId, "organizationId"),
    loginUrl: optional(origin, given.loginUrl, "loginUrl"),
  });
}

/** They are for signing in alone, not for the client that comes of it. */
function refuseCallOptions(given: Given): void {
  for (const name of Object.keys(callNames())) {
    if (given[name] === undefined || given[name] === null) continue;
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
  const given = known(object(value, name), RETRY, name);
  const { attempts, maxDelay, maxTime } = { ...RETRY, ...dropUndefined(given) };
  return {
    attempts: integer(attempts, "retry.attempts"),
    maxDelay: pause(maxDelay, "retry.maxDelay"),
    maxTime: pause(maxTime, "retry.maxTime"),
  };
}

function timeouts(value: unknown, name: string): Timeouts {
  const given = known(object(value, name), TIMEOUTS, name);
  const { head, idle } = { ...TIMEOUTS, ...dropUndefined(given) };
  return {
    head: Math.max(1, pause(head, "timeouts.head")),
    idle: Math.max(1, pause(idle, "timeouts.idle")),
  };
}
