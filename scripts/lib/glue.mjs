/** wasm-bindgen's glue, changed so that nothing is made at import: then bundlers drop what is not used, and hosts may lack it. */
import { ExpectedError } from "./run.mjs";

const DECODER = "new TextDecoder('utf-8', { ignoreBOM: true })";

/** What is replaced, each at least once. @type {[string, RegExp, string][]} */
const changes = [
  ["disposal, which nobody uses", /^if \(Symbol\.dispose\) .*;$/gm, ""],
  [
    "registries",
    /\(typeof FinalizationRegistry === 'undefined'\)\n +\? \{.*\}\n +: new FinalizationRegistry\(/g,
    "/* @__PURE__ */ registry(",
  ],
  [
    "the decoder",
    /^let cachedTextDecoder = new TextDecoder\([^;]*\);\ncachedTextDecoder\.decode\(\);$/gm,
    "let cachedTextDecoder;",
  ],
  [
    "its use",
    /^( +)return cachedTextDecoder\.decode\(bytes\);$/gm,
    `$1return (cachedTextDecoder ??= ${DECODER}).decode(bytes);`,
  ],
  [
    "the encoder, and a way for hosts that are too old for all else",
    /^const cachedTextEncoder = new TextEncoder\(\);\n+if \(!\('encodeInto'[\s\S]*?^\}$/gm,
    "let cachedTextEncoder;\nconst textEncoder = () => (cachedTextEncoder ??= new TextEncoder());",
  ],
  ["its uses", /\bcachedTextEncoder\.(?=encode)/g, "textEncoder()."],
  [
    "what gives Rust the errors of a call",
    /function\(\) \{ return handleError\((function [\s\S]*?), arguments\); \}/g,
    "caught($1)",
  ],
];

/** A call whose errors Rust is given, and what frees an object that nobody holds any more; made when the first one is. */
const HELPERS = `
function caught(call) {
  return (...args) => handleError(call, args);
}
function registry(free) {
  let made;
  const get = () => (made ??= typeof FinalizationRegistry === 'undefined'
    ? { register() {}, unregister() {} }
    : new FinalizationRegistry(free));
  return { register: (...what) => get().register(...what), unregister: (what) => get().unregister(what) };
}
`;

/**
 * The glue as it ships, with a `queueMicrotask` of our own in place of the global: wasm/microtask.ts says why.
 *
 * @param {string} glue as wasm-bindgen writes it
 */
export function shippedGlue(glue) {
  if (!/\bqueueMicrotask\(/.test(glue)) {
    throw new ExpectedError("The glue calls no queueMicrotask that could be replaced");
  }
  const changed = changes.reduce((text, [what, pattern, by]) => {
    if (text.search(pattern) < 0) throw new ExpectedError(`The glue has changed: ${what}`);
    return text.replace(pattern, by);
  }, glue);
  return `import { queueMicrotask } from "./wasm/microtask.ts";\n${changed}${HELPERS}`;
}
