/** The session of a client: its token, and the one refresh that all calls in flight share. */
import { token as checkToken } from "../options/checks.ts";
import type * as declared from "../types/bulk.d.ts";

export interface SessionParts {
  instanceUrl: string;
  /** Undefined before signing in. */
  token?: string;
  apiVersion: string;
  refresh?: (() => unknown) | undefined;
  userId?: string | undefined;
  organizationId?: string | undefined;
}

export class Session {
  readonly instanceUrl: string;
  readonly #apiVersion: string;
  readonly #userId: string | undefined;
  readonly #organizationId: string | undefined;
  readonly #refresh: (() => unknown) | undefined;
  readonly #used: Set<string> = new Set();
  #token: string | undefined;
  #refreshing: Promise<string> | undefined;

  constructor({ instanceUrl, token, apiVersion, refresh, userId, organizationId }: SessionParts) {
    this.instanceUrl = instanceUrl;
    this.#apiVersion = apiVersion;
    this.#userId = userId;
    this.#organizationId = organizationId;
    this.#refresh = refresh;
    if (token !== undefined) this.#adopt(token);
  }

  /** Tokens that no message may show. */
  get secrets(): string[] {
    return [...this.#used];
  }

  /** As it can be given to `new Bulk`. */
  describe(): declared.Session {
    return Object.freeze({
      instanceUrl: this.instanceUrl,
      accessToken: this.#token ?? "",
      apiVersion: this.#apiVersion,
      ...(this.#userId === undefined ? {} : { userId: this.#userId }),
      ...(this.#organizationId === undefined ? {} : { organizationId: this.#organizationId }),
    });
  }

  /**
   * The token to use. With the token that the server refused: a newer one if there is one by now, else the result of
   * a refresh; undefined where there is no way to refresh.
   */
  async token(rejected?: string | null): Promise<string | undefined> {
    if (rejected === undefined || rejected === null || rejected !== this.#token) return this.#token;
    const refresh = this.#refresh;
    if (refresh === undefined) return undefined;
    this.#refreshing ??= this.#renew(refresh).finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async #renew(refresh: () => unknown): Promise<string> {
    return this.#adopt(checkToken(await refresh(), "the result of refresh"));
  }

  #adopt(token: string): string {
    this.#token = token;
    this.#used.add(token);
    return token;
  }
}
