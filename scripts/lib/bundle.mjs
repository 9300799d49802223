/** TypeScript → one file an entry. What the sources import by a name with `#` is put in its place here. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { shippedGlue } from "./glue.mjs";
import { template } from "./paths.mjs";
import { stampsModule } from "./stamps.mjs";

/**
 * The files that ship, each with the entry that it is made of, where its wasm comes from, and how it is written.
 *
 * @type {{ file: string, entry: string, source: string, format: "esm" | "cjs", module?: string }[]}
 */
const outputs = [
  { file: "index.js", entry: "index.ts", source: "inlined.ts", format: "esm" },
  { file: "index.cjs", entry: "index.ts", source: "inlined.ts", format: "cjs" },
  { file: "slim.js", entry: "slim.ts", source: "none.ts", format: "esm" },
  { file: "slim.cjs", entry: "slim.ts", source: "none.ts", format: "cjs" },
  {
    file: "workerd.js",
    entry: "index.ts",
    source: "module.ts",
    format: "esm",
    module: "./salesforce_bulk.wasm",
  },
  {
    file: "edge-light.js",
    entry: "index.ts",
    source: "module.ts",
    format: "esm",
    module: "./salesforce_bulk.wasm?module",
  },
];

/**
 * Writes the files.
 *
 * @param {string} folder
 * @param {string} wasm the folder that `buildWasm` made
 */
export async function bundle(folder, wasm) {
  await Promise.all(
    outputs.map(async ({ file, entry, source, format, module }) => {
      const { outputFiles } = await build({
        stdin: { contents: entryText(entry), resolveDir: template },
        write: false,
        bundle: true,
        format,
        target: "es2022",
        platform: "neutral",
        logLevel: "warning",
        // What the JavaScript calls and the wasm does not export would fail only when it is called.
        logOverride: { "import-is-undefined": "error" },
        tsconfigRaw: { compilerOptions: { useDefineForClassFields: true, target: "es2022" } },
        plugins: [inPlace(wasm, source, module)],
      });
      for (const { text } of outputFiles) writeFileSync(join(folder, file), bytesFirst(text));
    }),
  );
}

/** The stamps first: they are large and much alike, and would keep apart what compresses together. */
function entryText(entry) {
  return `import "./csv/row/stamps.ts";\nexport * from "./${entry}";\n`;
}

/** The wasm before all code, which then compresses as one piece; only a directive comes before it. */
function bytesFirst(code) {
  const [line] = code.match(/^var \w+ = "[A-Za-z0-9+/=]{1000,}";\n/m) ?? [];
  if (line === undefined) return code;
  const [directive] = code.match(/^"use strict";\n/) ?? [""];
  return directive + line + code.slice(directive.length).replace(line, "");
}

/** @returns {import("esbuild").Plugin} */
function inPlace(wasm, source, module) {
  const texts = {
    "#glue": () => shippedGlue(readFileSync(join(wasm, "glue.js"), "utf8")),
    "#bytes": () => readFileSync(join(wasm, "bytes.js"), "utf8"),
    "#stamps": stampsModule,
  };
  return {
    name: "in place",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^#wasm-source$/ }, () => ({
        path: join(template, "wasm", "source", source),
      }));
      onResolve({ filter: /^#module$/ }, () => ({ path: module, external: true }));
      onResolve({ filter: /^#(glue|bytes)$/ }, ({ path }) => ({ path, namespace: "made" }));
      onResolve({ filter: /\/stamps\.ts$/ }, () => ({
        path: "#stamps",
        namespace: "made",
        sideEffects: true,
      }));
      onLoad({ filter: /./, namespace: "made" }, ({ path }) => ({
        contents: texts[path](),
        resolveDir: template,
      }));
    },
  };
}
