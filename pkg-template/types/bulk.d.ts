import type { Load, LoadOptions, QueryOptions, Rows, Source, TextRow } from "./rows.d.ts";
import type { V1 } from "./v1.d.ts";
import type { V2 } from "./v2.d.ts";

/**
 * Salesforce's asynchronous Bulk API, 1.0 and 2.0.
 *
 * Every call takes `{ signal }`. An abort rejects with `signal.reason`, unchanged; wrong arguments are a
 * `TypeError`; all else is a {@link BulkError}. The wasm inside loads on first use: there is nothing to initialise.
 *
 * @example
 * const bulk = new Bulk({ instanceUrl, accessToken });
 * for await (const contact of bulk.query("SELECT Id, LastName FROM Contact")) console.log(contact.LastName);
 */
export class Bulk {
  /** Makes a client for a session that is there already. Sends nothing. */
  constructor(options: BulkOptions);

  /**
   * Signs in with SOAP `login()` and gives a client for the session. The login call is pinned to API 64.0, the last
   * version that has it; the session works with every version.
   *
   * @throws {BulkSessionError} `code: "login"` when Salesforce refuses, with its own code in `errorCode`.
   */
  static connect(options: ConnectOptions, call?: CallOptions): Promise<Bulk>;

  /** The session in use: after a refresh, the new one. */
  readonly session: Session;

  /** Bulk API 1.0: jobs and batches. */
  readonly v1: V1;

  /** Bulk API 2.0: ingest and query jobs. */
  readonly v2: V2;

  /**
   * Runs a query as a Bulk API 2.0 job: creates it, waits, and reads its result pages as one. Starts when it is read.
   * The rows are counted against the job's own number: a difference is a {@link BulkIncompleteError}.
   */
  query<T extends object = Record<string, string>>(
    soql: string,
    options?: QueryOptions,
  ): Rows<TextRow<T>>;

  /** {@link Bulk.query}, with deleted, merged and archived records too. */
  queryAll<T extends object = Record<string, string>>(
    soql: string,
    options?: QueryOptions,
  ): Rows<TextRow<T>>;

  /** Loads new records. Starts at once. */
  insert(object: string, records: Source, options?: LoadOptions): Load;
  /** Changes records; each carries its `Id`. Starts at once. */
  update(object: string, records: Source, options?: LoadOptions): Load;
  /** Inserts or updates by an external id field (or `Id`). Starts at once. */
  upsert(object: string, externalIdFieldName: string, records: Source, options?: LoadOptions): Load;
  /** Moves records to the recycle bin; each is an `Id` and nothing else. Starts at once. */
  delete(object: string, records: Source, options?: LoadOptions): Load;
  /** Deletes for good. Needs the permission "Bulk API Hard Delete". Starts at once. */
  hardDelete(object: string, records: Source, options?: LoadOptions): Load;
}

/** Loads the wasm ahead of the first call. Optional. */
export function init(): Promise<void>;

/** What every call takes. */
export interface CallOptions {
  /** Stops the call: it rejects with `signal.reason`, and its requests are aborted. */
  signal?: AbortSignal | null | undefined;
  /**
   * After so many ms the call is a {@link BulkTimeoutError}, wherever it is: in a request, a wait, or the rows that are
   * still to be read. What runs in Salesforce is left as it is. Where rows may be stored by then, the error says so.
   */
  timeout?: number | null | undefined;
}

/** Options common to `new Bulk` and `Bulk.connect`. */
export interface CommonOptions {
  /** The API version, such as `"66.0"` (the default). */
  apiVersion?: string | number | undefined;
  /** Used instead of the global `fetch`, which is otherwise looked up at each call. */
  fetch?: typeof fetch | undefined;
  /** How failures that may pass (network, 5xx, 429) are tried again. */
  retry?: RetryOptions | undefined;
  /** How long a server may be silent before it counts as a failure of the network. */
  timeouts?: TimeoutOptions | undefined;
  /** How often a job is asked for its state. */
  poll?: PollOptions | undefined;
  /** The name that appears in the org's API logs. */
  clientName?: string | undefined;
  /** Told of each request when its answer's head has come, or has failed to. Never of a token, or of what is sent. */
  logger?: ((request: LoggedRequest) => void) | undefined;
}

/** A request, as a `logger` is told of it. */
export interface LoggedRequest {
  method: string;
  /** Without its query. */
  url: string;
  /** Of the answer; undefined where none came. */
  status: number | undefined;
  /** Until the answer's head. */
  ms: number;
  /** 1 for the first try of a request. */
  attempt: number;
  /** Why no answer came. */
  error?: string;
}

/** A session that is there already. */
export interface BulkOptions extends CommonOptions {
  /** The org's own address: `https://acme.my.salesforce.com`, or the bare host. */
  instanceUrl: string | URL;
  /** An OAuth access token. One of `accessToken` and `sessionId` is needed; they are the same thing. */
  accessToken?: string | undefined;
  /** A session id. */
  sessionId?: string | undefined;
  /** Called once when the session has expired, however many calls are in flight; gives the new token. */
  refresh?: (() => string | Promise<string>) | undefined;
}

/** Signing in by SOAP. */
export interface ConnectOptions extends CommonOptions {
  username: string;
  password: string;
  /** Follows the password where the caller's address is not trusted. */
  securityToken?: string | undefined;
  /** For users of a portal, or of an allowlisted address. */
  organizationId?: string | undefined;
  /** `https://login.salesforce.com` by default; `https://test.salesforce.com` for a sandbox, or your My Domain. */
  loginUrl?: string | URL | undefined;
}

/** A session, as it can be given to `new Bulk`. */
export interface Session {
  readonly instanceUrl: string;
  readonly accessToken: string;
  readonly apiVersion: string;
  /** Known after `Bulk.connect`. */
  readonly userId?: string;
  /** Known after `Bulk.connect`. */
  readonly organizationId?: string;
}

/**
 * What is tried again: whatever may pass, where sending it once more can do no harm. What may have taken effect and must
 * not take effect twice is looked for, never sent again.
 */
export interface RetryOptions {
  /** How many times a request is sent at the most. Default 5; 1 never tries again. */
  attempts?: number | undefined;
  /** The longest pause between two tries, in ms, that is not the server's own wish. Default 30 000. */
  maxDelay?: number | undefined;
  /** For how long a request is tried again, in ms. Default 600 000. A `Retry-After` is kept to, up to this. */
  maxTime?: number | undefined;
}

/** Both in ms. Browsers have no such limits of their own. */
export interface TimeoutOptions {
  /**
   * From a request to the head of its answer. Default 120 000. An upload gets `idle` more for each 2 MiB, because `fetch`
   * does not tell how far it is.
   */
  head?: number | undefined;
  /** Between two pieces of an answer's body. Default 60 000. */
  idle?: number | undefined;
}

/** Polling grows from `first` to `max`, both in ms. Defaults 1000 and 20 000. */
export interface PollOptions {
  first?: number | undefined;
  max?: number | undefined;
}

/**
 * Waiting for a job or a batch. A wait goes on through whatever may pass: a network that is gone for an hour, a server
 * that answers nonsense. `timeout` is seven days by default: so long Salesforce keeps a job.
 */
export interface WaitOptions extends CallOptions {
  poll?: PollOptions | undefined;
}
