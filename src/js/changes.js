// An update as it is written: what a customer that was read has beyond it. difference.js finds what was edited.

import { CUSTOMER_UPDATE, READ_ONLY } from "./contract.js";

const [PREFERENCES] = CUSTOMER_UPDATE.find(([, kind]) => kind === "preferences");

/** Whether a value is an object that is no list, no date and the like. */
export const isRecord = (value) => Object.prototype.toString.call(value) === "[object Object]";

/** The list of preferences that reading returns, as a map; other values as they are. */
export const toMap = (preferences) =>
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
  if (!isRecord(value)) return value;
  if (!Array.isArray(value[PREFERENCES]) && !READ_ONLY.some((name) => name in value)) return value;
  const update = { ...value };
  for (const name of READ_ONLY) delete update[name];
  update[PREFERENCES] = toMap(update[PREFERENCES]);
  return update;
};
