/** The functions for each header that is read or written: as many as there are copies of them (stamps.ts). */
import { joined, type Load, loads, type RowConstructor, stamps, WIDTH } from "./stamps.ts";

/**
 * Copies of one function, given out to headers. What engines learn in a function they learn for one header: the same
 * header has the same copy again, and a new one takes the copy that was given out longest ago.
 */
class CopyPool<Copy, Made> {
  readonly #copies: readonly [Copy, ...Copy[]];
  readonly #given = new Map<string, Made>();
  #turn = 0;

  constructor(copies: readonly [Copy, ...Copy[]]) {
    this.#copies = copies;
  }

  /** What was made for `key`; where that is new, what `make(next)` makes, and `next()` gives it the copies. */
  of(key: string, make: (next: () => Copy) => Made): Made {
    const known = this.#given.get(key);
    if (known !== undefined) return known;
    const made = make(() => this.#next());
    this.#given.set(key, made);
    if (this.#given.size > this.#copies.length) this.#forgetOldest();
    return made;
  }

  #next(): Copy {
    const at = this.#turn++ % this.#copies.length;
    return this.#copies[at] ?? this.#copies[0];
  }

  #forgetOldest(): void {
    for (const key of this.#given.keys()) {
      this.#given.delete(key);
      return;
    }
  }
}

const rows = /* @__PURE__ */ new CopyPool<(typeof stamps)[0], RowConstructor>(stamps);
const loaders = /* @__PURE__ */ new CopyPool<(typeof loads)[0], Load>(loads);

/** The constructor of rows under a header. */
export function rowOf(header: readonly string[], empty: null | ""): RowConstructor {
  const key = JSON.stringify([empty, header]);
  return rows.of(key, (next) => {
    const names = header.map(internalized);
    const parts: [RowConstructor, ...RowConstructor[]] = [next()(names.slice(0, WIDTH), empty)];
    for (let at = WIDTH; at < names.length; at += WIDTH)
      parts.push(next()(names.slice(at, at + WIDTH), empty));
    return parts.length === 1 ? parts[0] : joined(parts);
  });
}

/** The function that puts a record's cells under a header into an array. */
export function loaderOf(header: readonly string[]): Load {
  return loaders.of(JSON.stringify(header), (next) => next()(header.map(internalized)));
}

/**
 * The same text, as engines keep the names of properties. A string that was cut out of another would be looked up in
 * their table of names at every store, which takes twice the time of all the rest.
 */
function internalized(name: string): string {
  const [kept = name] = Object.keys({ [name]: 0 });
  return kept;
}
