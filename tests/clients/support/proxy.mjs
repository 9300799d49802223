/** A proxy by which clients reach hosts that they have hard-coded. */
import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";

/** What is led to the org. Its certificate is made out to the same. */
const SALESFORCE = /^[a-z0-9-]+(\.my)?\.salesforce\.com:443$/;

/**
 * Answers `CONNECT login.salesforce.com:443` with a connection to the org. The TLS within it is the
 * client's own, from its end to the org's, so the client checks the name it believes to talk to.
 *
 * @param {string} tlsUrl
 */
export async function startProxy(tlsUrl) {
  const { hostname, port } = new URL(tlsUrl);
  const server = createServer((_, response) => response.writeHead(405).end());
  server.on("connect", (request, client, head) => {
    if (!SALESFORCE.test(request.url)) {
      client.end("HTTP/1.1 403 Forbidden\r\n\r\n");
      return;
    }
    const org = connect(Number(port), hostname, () => {
      client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      org.write(head);
      client.pipe(org).pipe(client);
    });
    org.on("error", () => client.destroy());
    client.on("error", () => org.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
