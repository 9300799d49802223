/** The org for tests: built once, started on a free port, stopped with the test. */
import { startOrgServer } from "../../scripts/lib/org.mjs";

/**
 * Starts an org of its own for a test.
 *
 * @param {import("../../scripts/lib/org.mjs").OrgOptions} [options]
 */
export async function startOrg(options = {}) {
  const org = await startOrgServer(options);
  return {
    ...org,
    /** POSTs JSON to `/control/<path>`, or GETs it without a body; resolves with the reply's JSON. */
    control: (path, body) => control(org.url, path, body),
    /** What a client needs to connect: `{ instanceUrl, accessToken }`. */
    session: () => control(org.url, "session"),
  };
}

async function control(url, path, body) {
  const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${url}/control/${path}`, { ...init, headers });
  const text = await response.text();
  if (!response.ok) throw new Error(`control/${path}: ${response.status} ${text}`);
  return text ? JSON.parse(text) : null;
}
