/** What the build puts in the place of these names: scripts/lib/bundle.mjs. */

/** The wasm, compressed, as base64. */
declare module "#bytes" {
  const bytes: string;
  export default bytes;
}

/** What bundlers of edge runtimes make of an import of a wasm file. */
declare module "#module" {
  const module: WebAssembly.Module;
  export default module;
}
