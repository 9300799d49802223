/** The session of a client: its token, and the one refresh that all calls in flight share. */
import { token as checkToken } from "../options/checks.ts";

export class Session {
  #token;
  #refresh;
  #refreshing;
  #used = new Set();

  /**
   * @param {{ instanceUrl: string, token?: string, apiVersion: string, refresh?: () => unknown,
   *   userId?: string, organizationId?: string }} parts
   */
  constructor({ instanceUrl, token, apiVersion, refresh, userId, organizationId }) {
    this.instanceUrl = instanceUrl;
    this.apiVersion = apiVersion;
    this.identity = { userId, organizationId };
    this.#refresh = refresh;
    this.#adopt(token);
  }

  /** Tokens that no message may show. */
  get secrets() {
    return [...this.#used];
  }

  /** As it can be given to `new Bulk`. */
  describe() {
    const { userId, organizationId } = this.identity;
    return Object.freeze({
      instanceUrl: this.instanceUrl,
      accessToken: this.#token,
      apiVersion: this.apiVersion,
      ...(userId === undefined ? {} : { userId }),
      ...(organizationId === undefined ? {} : { organizationId }),
    });
  }

  /**
   * The token to use. With the token that the server refused: a newer one if there is one by now, else the result of
   * a refresh; undefined where there is no way to refresh.
   *
   * @param {string} [rejected]
   * @returns {Promise<string | undefined>}
   */
  async token(rejected) {
    if (rejected === undefined || rejected === null || rejected !== this.#token) return this.#token;
    const refresh = this.#refresh;
    if (refresh === undefined) return undefined;
    this.#refreshing ??= this.#renew(refresh).finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async #renew(refresh) {
    this.#adopt(checkToken(await refresh(), "the result of refresh"));
    return this.#token;
  }

  #adopt(token) {
    this.#token = token;
    if (token !== undefined) this.#used.add(token);
  }
}
