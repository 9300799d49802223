/** Why something failed, as Rust reads it, whatever was thrown. */

/** What hosts say when there was no connection: then nothing was sent. Node and Deno by the cause's code, Bun by the error's own. */
const NOT_CONNECTED = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "ConnectionRefused",
  "FailedToOpenSocket",
]);

/** @typedef {{ reason: string, notSent: boolean, misuse: boolean, cause: unknown }} Trouble */

/**
 * @param {unknown} thrown by a host, or by a user's code: anything, of any realm
 * @returns {Trouble}
 */
export function trouble(thrown) {
  const codes = [member(thrown, "code"), member(member(thrown, "cause"), "code")];
  return {
    reason: reasonOf(thrown),
    notSent: codes.some((code) => NOT_CONNECTED.has(code)),
    misuse: false,
    cause: thrown,
  };
}

/** Sending again would not help: it is the `fetch` that must be another. */
export function misuse(what) {
  return {
    reason: `fetch cannot be used: ${what}`,
    notSent: false,
    misuse: true,
    cause: undefined,
  };
}

/** Settles as `promise` does; a failure as Rust reads it. */
export function troubled(promise) {
  return promise.catch((thrown) => {
    throw thrown?.misuse === true ? thrown : trouble(thrown);
  });
}

function reasonOf(thrown) {
  const words = [member(thrown, "name"), member(thrown, "message")].filter(isText);
  if (words.length > 0) return words.join(": ");
  return isText(thrown) ? thrown : "";
}

function isText(value) {
  return typeof value === "string" && value !== "";
}

/** A member; a getter that throws gives none. */
function member(value, name) {
  try {
    return value?.[name];
  } catch {
    return undefined;
  }
}
