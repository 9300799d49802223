/** What was run, for the table at the end of the step. */
import { appendFileSync } from "node:fs";
import { after } from "node:test";

/**
 * Adds a line to the table once the tests of this file are over.
 *
 * @param {string} client
 * @param {string} version
 * @param {string} did
 */
export function report(client, version, did) {
  after(() => {
    const { CLIENTS_REPORT: file } = process.env;
    if (file) appendFileSync(file, `${JSON.stringify({ client, version, did })}\n`);
  });
}
