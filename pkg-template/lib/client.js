/** What every handle of one client shares: its session and its settings. Data only. */
import * as check from "./options.js";
import { Session } from "./session.js";

export class Client {
  /** Batches that calls of this client have added: none may be taken for the work of two. */
  #claimed = new Set();

  /**
   * @param {Session} session
   * @param {ReturnType<typeof check.common>} common
   */
  constructor(session, common) {
    this.session = session;
    this.fetch = common.fetch;
    this.settings = Object.freeze({
      instanceUrl: session.instanceUrl,
      apiVersion: common.apiVersion,
      ...(common.clientName === undefined ? {} : { clientName: common.clientName }),
      retry: common.retry,
      poll: common.poll,
    });
  }

  claim(batch) {
    const free = !this.#claimed.has(batch);
    this.#claimed.add(batch);
    return free;
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
