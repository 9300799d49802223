/** The same page on another origin than the org, as `vite preview` serves it. */
import { preview } from "vite";
import { www } from "../../../scripts/lib/paths.mjs";

export async function servePreview() {
  const server = await preview({
    root: www,
    logLevel: "error",
    preview: { host: "127.0.0.1", port: 0, strictPort: false },
  });
  const { port } = server.httpServer.address();
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
