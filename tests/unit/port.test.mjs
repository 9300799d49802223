/** The port of `npm start` and `npm run org`. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { after, test } from "node:test";
import { choosePort } from "../../scripts/lib/port.mjs";

const host = "127.0.0.1";
const server = createServer().listen(0, host);
await once(server, "listening");
after(() => server.close());
const { port: taken } = server.address();

test("a port that was asked for is taken as it is, or refused in words", async () => {
  assert.equal(await choosePort("0", host), "0");
  await assert.rejects(choosePort(String(taken), host), {
    expected: true,
    message: /Port \d+ of 127\.0\.0\.1 cannot be had: another program listens on it/,
  });
  for (const wrong of ["http", "70000", "-1", "8.5"]) {
    await assert.rejects(choosePort(wrong, host), { expected: true });
  }
});

test("without one the first free port is taken", async (context) => {
  const lines = context.mock.method(console, "log", () => {}).mock;
  const first = Number(await choosePort(undefined, host));
  const blocker = createServer().listen(first, host);
  await once(blocker, "listening");
  const next = Number(await choosePort(undefined, host));
  blocker.close();
  assert.ok(first >= 8080 && next > first, `${first} and then ${next}`);
  assert.match(lines.calls.at(-1).arguments[0], /Port 8080 is taken: using \d+\./);
});
