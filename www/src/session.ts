/** Where the page is connected. Tokens live in memory only, and go when the page does. */
import { Bulk, type Session } from "salesforce-bulk";

/** What it takes to connect. */
export interface Credentials {
  instanceUrl: string;
  accessToken: string;
}

/** A session that Salesforce has accepted. */
export interface Connection {
  readonly bulk: Bulk;
  /** Who and where, for the reader. */
  readonly where: string;
}

/** What is used of OpenID Connect's answer. */
interface UserInfo {
  preferred_username?: string;
}

/** Someone watches: ask a little more often, and give up a little sooner, than a nightly sync. */
const interactive = {
  clientName: "bulk-workbench",
  poll: { first: 500, max: 5_000 },
  retry: { attempts: 4, maxDelay: 4_000 },
};

/** The session that the project's test org hands out, or null where the page comes from elsewhere. */
export async function demoSession(): Promise<Credentials | null> {
  try {
    const response = await fetch("/control/session");
    return response.ok ? ((await response.json()) as Credentials) : null;
  } catch {
    // No server, or one that answers every address with a page.
    return null;
  }
}

/** Connects, and asks for the list of jobs to see whether the session is good. */
export async function connect(credentials: Credentials): Promise<Connection> {
  await probe(credentials, AbortSignal.timeout(30_000));
  const bulk = new Bulk({ ...credentials, ...interactive });
  return { bulk, where: await describe(bulk) };
}

/** Once only: a wrong address should be told at once. */
async function probe(credentials: Credentials, signal: AbortSignal): Promise<void> {
  const bulk = new Bulk({ ...credentials, ...interactive, retry: { attempts: 1 } });
  for await (const _ of bulk.v2.jobs({ kind: "query", signal })) return;
}

async function describe({ session }: Bulk): Promise<string> {
  const place = `${new URL(session.instanceUrl).host} · API ${session.apiVersion}`;
  const user = await userName(session);
  return user ? `${user} at ${place}` : place;
}

/** Not every session may ask who it is; then the place alone has to do. */
async function userName({ instanceUrl, accessToken }: Session): Promise<string | undefined> {
  const headers = { authorization: `Bearer ${accessToken}` };
  const signal = AbortSignal.timeout(3_000);
  try {
    const response = await fetch(`${instanceUrl}/services/oauth2/userinfo`, { headers, signal });
    return ((await response.json()) as UserInfo).preferred_username;
  } catch {
    return undefined;
  }
}
