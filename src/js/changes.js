// An update as it is sent; difference.js finds the edits of a customer.

import { CUSTOMER_UPDATE, READ_ONLY } from "./contract.js";
import { isRecord } from "./own.js";

/** The kinds of the documented fields, by name. */
export const KINDS = /* @__PURE__ */ new Map(CUSTOMER_UPDATE);

/** The update without read-only fields, so that a customer that was read can be passed as it is. */
export const toUpdate = (value) => {
  if (!isRecord(value) || !READ_ONLY.some((name) => name in value)) return value;
  const update = { ...value };
  for (const name of READ_ONLY) delete update[name];
  return update;
};
