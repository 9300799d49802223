/** Where the page is connected. Tokens live in memory only, and go when the page does. */
import { Bulk } from "salesforce-bulk";

/** What it takes to connect. */
export interface Credentials {
  instanceUrl: string;
  accessToken: string;
}

/** A session that Salesforce has accepted. */
export interface Connection {
  readonly bulk: Bulk;
  /** Who and where, for the reader. */
  where: string;
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
  const response = await fetch("/control/session").catch(() => null);
  const isJson = response?.headers.get("content-type")?.includes("json");
  if (!response?.ok || !isJson) return null;
  return (await response.json()) as Credentials;
}

/** Connects, and asks for the list of jobs to see whether the session is good. */
export async function connect(credentials: Credentials): Promise<Connection> {
  await probe(credentials, AbortSignal.timeout(30_000));
  const bulk = new Bulk({ ...credentials, ...interactive });
  return { bulk, where: describe(bulk) };
}

/** Once only: a wrong address should be told at once. */
async function probe(credentials: Credentials, signal: AbortSignal): Promise<void> {
  const bulk = new Bulk({ ...credentials, ...interactive, retry: { attempts: 1 } });
  for await (const _ of bulk.v2.jobs({ kind: "query", signal })) return;
}

/** Finds out who the user is. Not every session may ask; then the place has to do. */
export async function identify(connection: Connection): Promise<void> {
  const { instanceUrl, accessToken } = connection.bulk.session;
  const headers = { authorization: `Bearer ${accessToken}` };
  const signal = AbortSignal.timeout(10_000);
  try {
    const response = await fetch(`${instanceUrl}/services/oauth2/userinfo`, { headers, signal });
    const { preferred_username: name } = (await response.json()) as UserInfo;
    if (name) connection.where = `${name} at ${describe(connection.bulk)}`;
  } catch {
    // The place has to do.
  }
}

function describe({ session }: Bulk): string {
  return `${new URL(session.instanceUrl).host} · API ${session.apiVersion}`;
}
