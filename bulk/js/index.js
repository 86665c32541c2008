// The entry `collins-customers/bulk`.

import { check, NAMES, readOptions } from "./check.js";
import { checkInWorker } from "./in-worker.js";
import { known } from "./options.js";
import { createIssues } from "./pages.js";

export { exportCustomers } from "./export.js";
export { importCustomers } from "./import.js";

export const checkFile = async (file, given) => {
  const options = known(given, "The options", NAMES);
  const settings = readOptions(options);
  if (settings.worker) return checkInWorker(file, { ...options, onProgress: settings.onProgress });
  const kept = [];
  const { report, allIssues } = await check(file, settings, (issue) => kept.push(issue));
  // The issue of a date comes late if its order was ruled out later.
  kept.sort((one, other) => one.row - other.row);
  return { ...report, issues: createIssues(kept, report.issueCount, allIssues) };
};
