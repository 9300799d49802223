/** What every handle of one client shares: its session and its settings. Data only. */
import * as check from "../options/client.ts";
import type { Poll } from "../options/common.ts";
import { Session } from "./session.ts";

/** Clients have numbers: what their operations share lives in the wasm only as long as there are any. */
let clients = 0;

/** As Rust reads them. */
export interface Settings {
  readonly instanceUrl: string;
  readonly apiVersion: string;
  readonly clientName?: string;
  readonly retry: check.Retry;
  readonly timeouts: check.Timeouts;
  readonly poll: Poll;
}

/** Whose a batch is: a call of this client has added it, or it was there before. None may be taken for the work of two. */
export type Ownership = "added" | "foreign";

/** What signing in gives. */
export interface SignedIn {
  instanceUrl: string;
  accessToken: string;
  userId?: string;
  organizationId?: string;
}

export class Client {
  readonly id: number;
  readonly session: Session;
  readonly fetch: typeof fetch | undefined;
  readonly logger: check.Logger | undefined;
  readonly settings: Settings;
  readonly #batches: Map<string, Ownership> = new Map();

  constructor(session: Session, common: check.Common) {
    clients += 1;
    this.id = clients;
    this.session = session;
    this.fetch = common.fetch;
    this.logger = common.logger;
    this.settings = Object.freeze({
      instanceUrl: session.instanceUrl,
      apiVersion: common.apiVersion,
      ...(common.clientName === undefined ? {} : { clientName: common.clientName }),
      retry: common.retry,
      timeouts: common.timeouts,
      poll: common.poll,
    });
  }

  /** Takes a batch that a call has added; false where it is known whose it is already. */
  claim(batch: string): boolean {
    const free = !this.#batches.has(batch);
    if (free) this.#batches.set(batch, "added");
    return free;
  }

  /** Says that a batch was there before this client came to its job. */
  meet(batch: string): void {
    if (!this.#batches.has(batch)) this.#batches.set(batch, "foreign");
  }

  ownership(batch: string): Ownership | undefined {
    return this.#batches.get(batch);
  }

  /** For a session that is there already. */
  static of(given: unknown): Client {
    const common = check.common(given);
    const { apiVersion } = common;
    return new Client(new Session({ ...check.session(given), apiVersion }), common);
  }

  /** For signing in: there is no session yet. */
  static signedOut(common: check.Common): Client {
    return new Client(new Session({ instanceUrl: "", apiVersion: common.apiVersion }), common);
  }

  /** For what signing in gave. */
  static signedIn(
    { instanceUrl, accessToken, userId, organizationId }: SignedIn,
    common: check.Common,
  ): Client {
    const { apiVersion } = common;
    const parts = { instanceUrl, token: accessToken, apiVersion, userId, organizationId };
    return new Client(new Session(parts), common);
  }
}
