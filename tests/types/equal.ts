/** Compile-time assertions. */

/** True only of one and the same type: `any` equals nothing but itself. */
export type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

export declare function assertType<_T extends true>(): void;
