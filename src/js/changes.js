// From a customer that was read to the update that is written.

import { CUSTOMER_UPDATE, READ_ONLY } from "./contract.js";

const [PREFERENCES] = CUSTOMER_UPDATE.find(([, kind]) => kind === "preferences");

/** The list of preferences that reading returns, as the map that writing takes; other values as they are. */
const toMap = (preferences) =>
  Array.isArray(preferences) &&
  preferences.every(
    (preference) => typeof preference?.id === "string" && typeof preference.opted_in === "boolean",
  )
    ? Object.fromEntries(preferences.map(({ id, opted_in }) => [id, opted_in]))
    : preferences;

/**
 * An update as it is written: a customer that was read may be given as it is. Its read-only fields are left
 * out, and the preferences become the map.
 */
export const toUpdate = (value) => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  if (!Array.isArray(value[PREFERENCES]) && !READ_ONLY.some((name) => name in value)) return value;
  const update = { ...value };
  for (const name of READ_ONLY) delete update[name];
  update[PREFERENCES] = toMap(update[PREFERENCES]);
  return update;
};

/** Whether two values are the same but for the order of names, where undefined is as good as absent. */
const same = (a, b) => {
  if (typeof a !== "object" || typeof b !== "object" || !a || !b) return Object.is(a, b);
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((name) =>
    same(a[name], b[name]),
  );
};

export const changes = (before, after) => {
  const update = {};
  for (const [name, kind] of CUSTOMER_UPDATE) {
    // The id says whose update it is.
    if (kind === "customerId" || after[name] === undefined) continue;
    if (kind === "preferences") {
      const [was, is] = [toMap(before[name]) ?? {}, toMap(after[name])];
      const changed = Object.entries(is ?? {}).filter(([id, optedIn]) => was[id] !== optedIn);
      if (is === null ? before[name] != null : changed.length)
        update[name] = is && Object.fromEntries(changed);
    } else if (!same(before[name] ?? null, after[name])) {
      // An address goes as a whole: the documentation does not say that its parts are kept one by one.
      update[name] = after[name];
    }
  }
  return update;
};
