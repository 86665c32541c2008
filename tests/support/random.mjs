// Random values, the same in each run.

/** A generator of numbers from 0 to 1 (mulberry32), and functions that use it. */
export function chance(seed) {
  const next = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const upTo = (most) => Math.floor(next() * (most + 1));
  return {
    next,
    oneOf: (list) => list[upTo(list.length - 1)],
    /** So many results of `make`, or fewer. */
    some: (most, make) => Array.from({ length: upTo(most) }, make),
  };
}

/** The messages of issues by dotted paths, as in the body of a 422. */
export function sentences(issues) {
  const errors = new Map();
  for (const { path, message } of issues) {
    // A server writes UTF-8, which has no half of a surrogate pair.
    const name = path.join(".").toWellFormed();
    errors.set(name, [...(errors.get(name) ?? []), message]);
  }
  return Object.fromEntries(errors);
}
