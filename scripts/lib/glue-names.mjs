/** The names by which the wasm and its glue know each other: short ones, where wasm-bindgen writes long ones. */
import { ExpectedError } from "./run.mjs";

/**
 * The glue with the names of the wasm that was made with wasm-opt's `--minify-imports-and-exports-and-modules`.
 *
 * @param {string} glue as wasm-bindgen writes it
 * @param {string} report what wasm-opt prints: `{ imports: [[module, name, short]], exports: [[name, short]] }`
 */
export function withShortNames(glue, report) {
  const { imports, exports } = JSON.parse(report);
  const short = {
    imports: new Map(imports.map(([, name, to]) => [name, to])),
    exports: new Map(exports),
  };
  const [module] = new Set(imports.map(([from]) => from));
  return [
    [/^( +)(__wb\w+)(?=: function\()/gm, short.imports],
    [/(\bwasm\.)(\w+)/g, short.exports],
  ].reduce(
    (text, [pattern, names]) => renamed(text, pattern, names),
    glue.replace(`"${module}":`, '"a":'),
  );
}

function renamed(text, pattern, names) {
  return text.replaceAll(pattern, (_, before, name) => {
    const short = names.get(name);
    if (short === undefined) throw new ExpectedError(`The wasm does not know the glue's ${name}`);
    return before + short;
  });
}
