// What all functions say of options that they do not know.

/** The options, which may be left out. Any name that is not one of `names` is refused. */
export const known = (object, what, names) => {
  if (object === undefined) return {};
  if (typeof object !== "object" || object === null)
    throw new TypeError(`${what} must be an object`);
  for (const name of Object.keys(object))
    if (!names.includes(name))
      throw new TypeError(`${what}: there is no "${name}", but ${names.join(", ")}`);
  return object;
};
