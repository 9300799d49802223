/** What every handle of one client shares: its session and its settings. Data only. */
import * as check from "../options/client.ts";
import { Session } from "./session.ts";

/** Clients have numbers: what their operations share lives in the wasm only as long as there are any. */
let clients = 0;

export class Client {
  /** Whose a batch is: a call of this client has added it, or it was there before. None may be taken for the work of two. */
  #batches = new Map();

  /**
   * @param {Session} session
   * @param {ReturnType<typeof check.common>} common
   */
  constructor(session, common) {
    clients += 1;
    this.id = clients;
    this.session = session;
    this.fetch = common.fetch;
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
  claim(batch) {
    const free = !this.#batches.has(batch);
    if (free) this.#batches.set(batch, "added");
    return free;
  }

  /** Says that a batch was there before this client came to its job. */
  meet(batch) {
    if (!this.#batches.has(batch)) this.#batches.set(batch, "foreign");
  }

  ownership(batch) {
    return this.#batches.get(batch);
  }

  /** For a session that is there already. */
  static of(given) {
    const common = check.common(given);
    return new Client(
      new Session({ ...check.session(given), apiVersion: common.apiVersion }),
      common,
    );
  }

  /** For signing in: there is no session yet. */
  static signedOut(common) {
    return new Client(new Session({ instanceUrl: "", apiVersion: common.apiVersion }), common);
  }

  /** For what signing in gave. */
  static signedIn({ instanceUrl, accessToken, userId, organizationId }, common) {
    const { apiVersion } = common;
    const parts = { instanceUrl, token: accessToken, apiVersion, userId, organizationId };
    return new Client(new Session(parts), common);
  }
}
