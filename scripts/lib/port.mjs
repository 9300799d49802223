/** Which port to listen on: settled before anything is compiled. */
import { once } from "node:events";
import { createServer } from "node:net";
import { ExpectedError } from "./run.mjs";

const FIRST = 8080;
const LAST = FIRST + 99;

/**
 * Resolves with the port that was asked for, or else with the first free one from 8080 on.
 *
 * @param {string | undefined} asked
 * @param {string} host
 */
export async function choosePort(asked, host) {
  if (asked === undefined) return freePort(host);
  if (await isFree(asked, host)) return asked;
  throw new ExpectedError(
    `Port ${asked} of ${host} cannot be had: another program listens on it, or it is none. ` +
      "Give another one, or leave --port out to take the next that is free.",
  );
}

async function freePort(host) {
  for (let port = FIRST; port <= LAST; port += 1) {
    if (await isFree(port, host)) {
      if (port !== FIRST) console.log(`Port ${FIRST} is taken: using ${port}.`);
      return String(port);
    }
  }
  throw new ExpectedError(`All ports of ${host} from ${FIRST} to ${LAST} are taken: give --port.`);
}

/** @param {string | number} port @param {string} host */
async function isFree(port, host) {
  const number = Number(port);
  if (!Number.isInteger(number) || number < 0 || number > 65_535) return false;
  const server = createServer();
  try {
    server.listen(number, host);
    await once(server, "listening");
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
