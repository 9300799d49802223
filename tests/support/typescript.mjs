/** What TypeScript says of programs that use the package as a user does. */
import ts from "typescript";

/** @type {import("typescript").CompilerOptions} */
const options = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts", "lib.dom.asynciterable.d.ts"],
  types: [],
  strict: true,
  skipLibCheck: true,
  noEmit: true,
};

/**
 * What is wrong in these files, in one line each.
 *
 * @param {string[]} paths
 * @param {import("typescript").CompilerOptions} [more]
 */
export function complaints(paths, more = {}) {
  const program = ts.createProgram(paths, { ...options, ...more });
  return ts.getPreEmitDiagnostics(program).map(describe);
}

/** @param {import("typescript").Diagnostic} diagnostic */
function describe({ file, start = 0, messageText }) {
  const place = file
    ? `${file.fileName}:${file.getLineAndCharacterOfPosition(start).line + 1} `
    : "";
  return place + ts.flattenDiagnosticMessageText(messageText, " ");
}
