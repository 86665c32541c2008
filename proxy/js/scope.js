// The result of `authorize` for a caller who may not see everyone.

/** The scope of everyone, without a tenant. */
export const EVERYONE = { lists: "", tenant: "", isBulk: false };

const KNOWN = ["tenant", "filters", "bulk"];

const isText = (value) => typeof value === "string" && value !== "";

/**
 * Reads a scope, with its lists as the module reads them; undefined if it is not valid: then nothing may pass. An
 * undefined value is not valid, because it was meant to be a limit, and neither is an object without values.
 */
export const readScope = (given) => {
  // Properties that a script adds to all objects are not part of a scope.
  const scope = { __proto__: null, ...given };
  const names = Object.keys(scope);
  if (names.length === 0 || !names.every((name) => KNOWN.includes(name))) return undefined;
  const { tenant = "", bulk = false, filters } = scope;
  if ("tenant" in scope && !isText(scope.tenant)) return undefined;
  if (typeof bulk !== "boolean") return undefined;
  if (!("filters" in scope)) return { lists: "", tenant, isBulk: bulk };
  const lists = Object.entries(filters ?? {});
  // The module checks the names of the lists.
  if (lists.length === 0 || !lists.every(([, list]) => Array.isArray(list) && list.every(isText)))
    return undefined;
  return { lists: JSON.stringify(Object.fromEntries(lists)), tenant, isBulk: bulk };
};
