/** The wasm: loaded once, on first use, and made anew after it died, of which all that runs is told. */
import start, {
  abandonInstance,
  CsvEncoder,
  CsvIntake,
  CsvReader,
  CsvSplitter,
  Operation,
  onPanic,
  soqlObject,
  XmlEncoder,
} from "#glue";
import { builtIn } from "#wasm-source";
import { type BulkError, bulkError, internalError } from "../errors.ts";
import { endEpoch, handleCrash } from "./epoch.ts";

/** What of the wasm is used. */
export interface Glue {
  CsvEncoder: typeof CsvEncoder;
  CsvIntake: typeof CsvIntake;
  CsvReader: typeof CsvReader;
  CsvSplitter: typeof CsvSplitter;
  Operation: typeof Operation;
  XmlEncoder: typeof XmlEncoder;
  soqlObject: typeof soqlObject;
}

/** Name by name: of the namespace of a module, a bundler can drop nothing. */
function exported(): Glue {
  return { CsvEncoder, CsvIntake, CsvReader, CsvSplitter, Operation, XmlEncoder, soqlObject };
}

/** Where the wasm may come from. */
export type WasmSource = Uint8Array | ArrayBuffer | WebAssembly.Module | Response | URL | string;

type Provided = WasmSource | Promise<WasmSource> | (() => WasmSource | Promise<WasmSource>);

/** The wasm that an entry brings with it, if it does. */
export type BuiltIn = (() => WasmSource | Promise<WasmSource>) | undefined;

type Listener = (error: BulkError) => void;

let source: Provided | undefined = builtIn;
let ready: Promise<Glue> | undefined;

/** What is to be told when the instance dies. */
const running: Set<Listener> = /* @__PURE__ */ new Set();

/** Says where the wasm comes from. */
export function provide(from: Provided): void {
  source = from;
}

/** Loads the wasm. A failure is forgotten, so that the next call tries again. */
export function load(): Promise<Glue> {
  ready ??= boot(source).catch((error: unknown) => {
    ready = undefined;
    throw error;
  });
  return ready;
}

/** Has `listener(error)` called if the wasm dies before `unwatch(listener)`. */
export function watch(listener: Listener): void {
  running.add(listener);
}

export function unwatch(listener: Listener): void {
  running.delete(listener);
}

async function boot(from: Provided | undefined): Promise<Glue> {
  if (from === undefined) throw bulkError("internal", NO_SOURCE);
  try {
    await start({ module_or_path: typeof from === "function" ? from() : await from });
  } catch (error) {
    throw loadError(error);
  }
  onPanic((text: string) => died(text));
  handleCrash(crashed);
  return exported();
}

/** Something was thrown through the wasm without a panic: Rust does not know that it is over. */
function crashed(error: unknown): void {
  try {
    abandonInstance();
  } catch {
    // Then it is beyond that too, and the next load finds out.
  }
  died(messageOf(error), error);
}

/** Called from within a panic too: the wasm may not be called again from here. */
function died(text: string, cause?: unknown): void {
  endEpoch();
  ready = undefined;
  const listeners = [...running];
  running.clear();
  const what = `salesforce-bulk failed inside (${text}). Please report it.`;
  for (const listener of listeners) listener(internalError(what, cause));
}

function loadError(error: unknown): BulkError {
  const text = messageOf(error).replace(/[\s.]+$/, "");
  const forbidden = ["CompileError", "EvalError"].includes(nameOf(error)) || /\bCSP\b/.test(text);
  if (!forbidden)
    return internalError(`The WebAssembly module could not be loaded: ${text}`, error);
  return internalError(`The WebAssembly module could not be compiled: ${text}. ${CSP_HINT}`, error);
}

function messageOf(error: unknown): string {
  return String(memberOf(error, "message") ?? error);
}

function nameOf(error: unknown): string {
  return String(memberOf(error, "name"));
}

/** Of an error of any realm. */
function memberOf(error: unknown, name: "name" | "message"): unknown {
  return typeof error === "object" && error !== null
    ? (error as { name?: unknown; message?: unknown })[name]
    : undefined;
}

const NO_SOURCE =
  "There is no wasm yet: salesforce-bulk/slim carries none. Call init(source) first, with the bytes of " +
  "salesforce-bulk/salesforce_bulk.wasm, its WebAssembly.Module, a Response or a URL.";

const CSP_HINT =
  "If a Content Security Policy forbids it, allow it with script-src 'self' 'wasm-unsafe-eval'. In the manifest of an " +
  'extension (MV3): "content_security_policy": { "extension_pages": ' +
  "\"script-src 'self' 'wasm-unsafe-eval'; object-src 'self'\" }";
