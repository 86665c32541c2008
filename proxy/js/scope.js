// The result of `authorize` for a caller who may not see everyone.

/** Everyone, and no tenant in particular. */
export const EVERYONE = { lists: "", tenant: "", isBulk: false };

const KNOWN = ["tenant", "filters", "bulk"];

const isText = (value) => typeof value === "string" && value !== "";

/**
 * The scope, with its lists as the module reads them; undefined if it is not understood: nothing may pass then.
 * A value that is undefined was meant to be one, and so is an object without any.
 */
export const readScope = (given) => {
  // What a script adds to the prototype of all objects says nothing of a caller.
  const scope = { __proto__: null, ...given };
  const names = Object.keys(scope);
  if (names.length === 0 || !names.every((name) => KNOWN.includes(name))) return undefined;
  const { tenant = "", bulk = false, filters } = scope;
  if ("tenant" in scope && !isText(scope.tenant)) return undefined;
  if (typeof bulk !== "boolean") return undefined;
  if (!("filters" in scope)) return { lists: "", tenant, isBulk: bulk };
  const lists = Object.entries(filters ?? {});
  // Which lists there are, the module knows.
  if (lists.length === 0 || !lists.every(([, list]) => Array.isArray(list) && list.every(isText)))
    return undefined;
  return { lists: JSON.stringify(Object.fromEntries(lists)), tenant, isBulk: bulk };
};
