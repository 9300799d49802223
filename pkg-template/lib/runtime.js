/** The wasm: loaded once, on first use, and made anew after it died, of which all that runs is told. */
import start, * as glue from "../glue.js";
import { endEpoch, handleCrash } from "./epoch.js";
import { bulkError, internalError } from "./errors.js";

let source;
let ready;

/** What is to be told when the instance dies. */
const running = new Set();

/** Says where the wasm comes from: bytes, a module, a response, an address, or a function that gives one. */
export function provide(from) {
  source = from;
}

/** Loads the wasm. A failure is forgotten, so that the next call tries again. */
export function load(from = source) {
  ready ??= boot(from).catch((error) => {
    ready = undefined;
    throw error;
  });
  return ready;
}

/** Has `listener(error)` called if the wasm dies before `unwatch(listener)`. */
export function watch(listener) {
  running.add(listener);
}

export function unwatch(listener) {
  running.delete(listener);
}

async function boot(from) {
  if (from === undefined) throw bulkError("internal", NO_SOURCE);
  try {
    await start({ module_or_path: typeof from === "function" ? from() : await from });
  } catch (error) {
    throw loadError(error);
  }
  glue.onPanic((text) => died(text));
  handleCrash(crashed);
  return glue;
}

/** Something was thrown through the wasm without a panic: Rust does not know that it is over. */
function crashed(error) {
  try {
    glue.abandonInstance();
  } catch {
    // Then it is beyond that too, and the next load finds out.
  }
  died(String(error?.message ?? error), error);
}

/** Called from within a panic too: the wasm may not be called again from here. */
function died(text, cause) {
  endEpoch();
  ready = undefined;
  const listeners = [...running];
  running.clear();
  const what = `salesforce-bulk failed inside (${text}). Please report it.`;
  for (const listener of listeners) listener(internalError(what, cause));
}

function loadError(error) {
  const text = String(error?.message ?? error).replace(/\.$/, "");
  const forbidden =
    error?.name === "CompileError" || error?.name === "EvalError" || /\bCSP\b/.test(text);
  if (!forbidden)
    return internalError(`The WebAssembly module could not be loaded: ${text}`, error);
  return internalError(`The WebAssembly module could not be compiled: ${text}. ${CSP_HINT}`, error);
}

const NO_SOURCE =
  "There is no wasm yet: salesforce-bulk/slim carries none. Call init(source) first, with the bytes of " +
  "salesforce-bulk/salesforce_bulk.wasm, its WebAssembly.Module, a Response or a URL.";

const CSP_HINT =
  "If a Content Security Policy forbids it, allow it with script-src 'self' 'wasm-unsafe-eval'. In the manifest of an " +
  'extension (MV3): "content_security_policy": { "extension_pages": ' +
  "\"script-src 'self' 'wasm-unsafe-eval'; object-src 'self'\" }";
