// The entry `collins-customers/bulk`.

import { check, readOptions } from "./check.js";
import { checkInWorker } from "./in-worker.js";
import { createIssues } from "./pages.js";

export { exportCustomers } from "./export.js";
export { importCustomers } from "./import.js";

export const checkFile = async (file, options) => {
  const settings = readOptions(options);
  if (settings.worker) {
    const { worker, ...rest } = options;
    return checkInWorker(worker, file, rest);
  }
  const kept = [];
  const { report, allIssues } = await check(file, settings, (issue) => kept.push(issue));
  // A date that turns out to be none is told when that is known.
  kept.sort((one, other) => one.row - other.row);
  return { ...report, issues: createIssues(kept, report.issueCount, allIssues) };
};
