/** What a failing call rejects with: looked at as a user would, who may print or log all of it. */
import assert from "node:assert/strict";
import { inspect } from "node:util";
import { isBulkError } from "./package.mjs";
import { secrets } from "./secrets.mjs";

/** The classes, by the codes that have one of their own. */
const CLASSES = {
  network: "BulkNetworkError",
  session: "BulkSessionError",
  login: "BulkSessionError",
  "job-failed": "BulkJobFailedError",
  "job-aborted": "BulkJobAbortedError",
  incomplete: "BulkIncompleteError",
  csv: "BulkCsvError",
  record: "BulkCsvError",
  timeout: "BulkTimeoutError",
};

/**
 * The error that a promise rejects with: one of the package, of the class for its code, with these fields, without
 * secrets.
 *
 * @param {Promise<unknown>} promise
 * @param {{ code: string, message?: RegExp } & Record<string, unknown>} expected
 */
export async function failure(promise, { message, ...expected }) {
  const error = await thrown(promise);
  assert.ok(isBulkError(error), `a BulkError, not ${inspect(error)}`);
  const found = Object.fromEntries(Object.keys(expected).map((key) => [key, error[key]]));
  assert.deepEqual(found, expected, inspect(error));
  assert.equal(error.name, CLASSES[expected.code] ?? "BulkError");
  if (message) assert.match(error.message, message);
  keepsSecrets(error);
  return error;
}

/** What a promise rejects with, whatever it is. */
export async function thrown(promise) {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error) => ({ error }),
  );
  assert.ok("error" in outcome, `it was to fail, but gave ${inspect(outcome.value)}`);
  return outcome.error;
}

/** The TypeError that a call ends with, thrown or rejected. */
export async function typeError(call, message) {
  const error = await thrown((async () => call())());
  assert.ok(error instanceof TypeError && !isBulkError(error), inspect(error));
  assert.match(error.message, message);
  return error;
}

function keepsSecrets(error) {
  const shown = [
    error.message,
    error.stack,
    JSON.stringify(error),
    inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true }),
  ];
  for (const secret of secrets) {
    for (const text of shown) assert.ok(!text.includes(secret), `a secret is shown: ${text}`);
  }
}
