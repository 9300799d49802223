/** An org for a test file: fast, small, and as new before each test. */
import { after, before, beforeEach } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { startOrg } from "../../support/org.mjs";
import { Bulk } from "./package.mjs";
import { secret } from "./secrets.mjs";

/** Until a test gives up on something that is to happen soon. */
const PATIENCE = 10_000;

/** A job takes no longer than it must for its states to be seen. */
const FAST = { queueMs: 5, processingMs: 15, chunkingMs: 15 };

/** What a client of a test is set to: quick, and stubborn enough. */
export const QUICK = Object.freeze({
  poll: { first: 20, max: 100 },
  retry: { attempts: 4, maxDelay: 20 },
});

/**
 * Starts an org for the tests of this file.
 *
 * @param {{ contacts?: number, accounts?: number, config?: object }} [options]
 */
export function useOrg({ contacts = 50, accounts = 5, config = {} } = {}) {
  const org = new TestOrg();
  before(async () => {
    const switches = JSON.stringify({ ...FAST, ...config });
    org.server = await startOrg({
      contacts,
      args: ["--accounts", String(accounts), "--config", switches],
    });
  });
  beforeEach(() => org.begin());
  after(() => org.server.stop());
  return org;
}

class TestOrg {
  server;
  #token;

  /** No jobs, no faults, no log; the seeded rows. */
  async begin() {
    await this.control("reset", {});
    this.#token = (await this.session()).accessToken;
  }

  get url() {
    return this.server.url;
  }

  control(path, body) {
    return this.server.control(path, body);
  }

  async session() {
    const session = await this.server.session();
    secret(session.accessToken);
    return session;
  }

  configure(changes) {
    return this.control("config", changes);
  }

  /** Orders trouble: `{ path, method, skip, times, effect }`. */
  fault(...rules) {
    return this.control("faults", rules);
  }

  /** A client with a session. */
  connect(options = {}) {
    return new Bulk({ instanceUrl: this.url, accessToken: this.#token, ...QUICK, ...options });
  }

  /** The requests so far whose method is this and whose path fits. */
  async requests(method, path) {
    const { requests } = await this.control("log");
    return requests.filter((seen) => seen.method === method && path.test(seen.path));
  }

  async count(method, path) {
    return (await this.requests(method, path)).length;
  }

  /** Waits until so many such requests have been seen. */
  async until(method, path, times = 1) {
    const end = performance.now() + PATIENCE;
    while ((await this.count(method, path)) < times) {
      if (performance.now() > end) throw new Error(`${method} ${path} was not seen ${times} times`);
      await pause(5);
    }
  }

  /** What is stored: the records of a query by REST, which shares no code with what is tested. */
  async stored(soql) {
    const records = [];
    let path = `/services/data/v66.0/query?q=${encodeURIComponent(soql)}`;
    while (path) {
      const page = await this.#get(path);
      records.push(...page.records.map(({ attributes: _, ...fields }) => fields));
      path = page.nextRecordsUrl;
    }
    return records;
  }

  /** How many records a query finds by REST. */
  async total(soql) {
    return (await this.stored(soql)).length;
  }

  async #get(path) {
    const headers = { authorization: `Bearer ${this.#token}` };
    const response = await fetch(this.url + path, { headers });
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${text}`);
    return JSON.parse(text);
  }
}

/** The path of the description of a job of Bulk API 2.0, and of nothing below it. */
export const jobPath = (kind) => new RegExp(`/jobs/${kind}/\\w{18}$`);
