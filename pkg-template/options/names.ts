/** Which options there are: a name that is none of them is an error, with the nearest one that is. */
import { object } from "./checks.ts";

/** Options as a caller gives them. */
export type Given = Readonly<Record<string, unknown>>;

/** The names of an interface's options: one that is missing here, or too many, does not compile. */
export type NamesOf<Options> = Readonly<Record<keyof Options, true>>;

/** The options themselves, which may be left out where they are all optional. */
export function given(options: unknown, name = "options"): Given {
  return options === undefined || options === null ? {} : members(object(options, name));
}

/** Options that are there, and have no names but these. */
export function known(options: unknown, names: object, name = "options"): Given {
  const own = given(options, name);
  for (const key of Object.keys(own)) {
    if (own[key] !== undefined && !Object.hasOwn(names, key)) throw unknown(key, names);
  }
  return own;
}

function members(options: object): Given {
  return options as Given;
}

function unknown(key: string, names: object): TypeError {
  const near = nearest(key, Object.keys(names));
  const hint =
    near === undefined ? `there are ${Object.keys(names).join(", ")}` : `did you mean ${near}?`;
  return new TypeError(`${key.slice(0, LONGEST_NAME)} is no option here: ${hint}`);
}

/** No name is as long. */
const LONGEST_NAME = 40;

/** The name that most resembles `key`, if one does. */
export function nearest(key: string, names: readonly string[]): string | undefined {
  if (key.length > LONGEST_NAME) return undefined;
  const found = names.map((name) => ({
    name,
    edits: edits(key.toLowerCase(), name.toLowerCase()),
  }));
  const [best] = found.sort((a, b) => a.edits - b.edits);
  return best !== undefined && best.edits <= Math.ceil(key.length / 3) ? best.name : undefined;
}

/** How many letters must be put in, left out or replaced to make `a` into `b` (Levenshtein). */
function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const replaced = (row[j] ?? 0) + (letter === b[j] ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
