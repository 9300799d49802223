/** What the package exports is what its declarations say: where the two differ, this does not compile. Not shipped. */
import * as made from "./index.ts";
import type * as declared from "./types/index.d.ts";

export const agreed: typeof declared = made;

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;

/** Neither has a name that the other lacks. */
export const complete: Same<keyof typeof declared, keyof typeof made> = true;
