/** wasm-bindgen's glue, changed so that nothing is made at import: then bundlers drop what is not used, and hosts may lack it. */
import { ExpectedError } from "./run.mjs";

const DECODER = "new TextDecoder('utf-8', { ignoreBOM: true })";

/** What is replaced, each at least once. @type {[string, RegExp, string][]} */
const changes = [
  ["disposal, which nobody uses", /^if \(Symbol\.dispose\) .*;$/gm, ""],
  [
    "registries",
    /(?<== |: )new FinalizationRegistry\(/g,
    "/* @__PURE__ */ new FinalizationRegistry(",
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
];

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
  return `import { queueMicrotask } from "./wasm/microtask.ts";\n${changed}`;
}
