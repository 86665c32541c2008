// The entry `collins-customers/bulk`.

import { check, readOptions } from "./check.js";

export { exportCustomers } from "./export.js";
export { importCustomers } from "./import.js";

export const checkFile = async (file, options) => {
  const issues = [];
  const report = await check(file, readOptions(options), (issue) => issues.push(issue));
  // A date that turns out to be none is told when that is known.
  issues.sort((one, other) => one.row - other.row);
  return { ...report, issues };
};
