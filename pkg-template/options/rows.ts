/** Options of what is done with rows. */
import type { ResponseOptions, ToArrayOptions } from "../types/rows.d.ts";
import { integer, optional, text } from "./checks.ts";
import { known, type NamesOf } from "./names.ts";

const toArrayNames = (): NamesOf<ToArrayOptions> => ({ max: true });
const responseNames = (): NamesOf<ResponseOptions> => ({ name: true });

/** How many rows an array may hold. */
export function rowLimit(options: unknown): number {
  const { max } = known(options, toArrayNames());
  return optional((value, name) => integer(value, name, 0), max, "max") ?? Number.POSITIVE_INFINITY;
}

export function fileName(options: unknown): string | undefined {
  return optional(text, known(options, responseNames()).name, "name");
}
