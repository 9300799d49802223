/** The org, looked at without any of the clients under test. */

/**
 * The rows of a REST query, in order, without what tells where they are from.
 *
 * @param {{ url: string, session: () => Promise<{ accessToken: string }> }} server
 * @param {string} soql
 */
export async function rowsOf(server, soql, resource = "query") {
  const { accessToken } = await server.session();
  const headers = { authorization: `Bearer ${accessToken}` };
  const found = [];
  let path = `/services/data/v62.0/${resource}?q=${encodeURIComponent(soql)}`;
  while (path) {
    const page = await (await fetch(server.url + path, { headers })).json();
    found.push(...page.records.map(({ attributes: _, ...row }) => row));
    path = page.nextRecordsUrl;
  }
  return found;
}
