/** A folder served as pages, under the policy that strict sites and extensions have. */
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const policy = "default-src 'self' data:; script-src 'self' 'wasm-unsafe-eval'";
const types = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
};

/**
 * Serves until `close()`.
 *
 * @param {string} folder
 * @param {(request: import("node:http").IncomingMessage, response: import("node:http").ServerResponse) => boolean} [first]
 *   may take a request
 */
export async function serve(folder, first = () => false) {
  const server = createServer((request, response) => {
    if (!first(request, response)) reply(folder, request, response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
}

function reply(folder, request, response) {
  const { pathname } = new URL(request.url, "http://localhost");
  const path = join(folder, normalize(pathname === "/" ? "/index.html" : pathname));
  if (!path.startsWith(folder) || !existsSync(path) || !statSync(path).isFile()) {
    response.writeHead(404).end();
    return;
  }
  const type = types[extname(path)] ?? "application/octet-stream";
  response.writeHead(200, { "content-type": type, "content-security-policy": policy });
  createReadStream(path).pipe(response);
}
