/** `true` if two types are the same, not only assignable to one another. */
export type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles where its type argument is `true`. */
export declare function check<_Holds extends true>(): void;
