// Errors of the stack leave the module at every place, on a page.

import { plainPage, scenarioOutcome } from "./page.mjs";

/** A cell with a page that does so before the scenario. */
export const overflowPage = (browser, more) => ({
  browser,
  async run(project) {
    await plainPage(project, "main.js");
    await project.copy("overflow.mjs", "overflow.mjs");
    await project.replace(
      "run.js",
      "return JSON.stringify(",
      `(await import("./overflow.mjs")).overflow(collins, 150);
    return JSON.stringify(`,
    );
    return scenarioOutcome(await project.files(), browser);
  },
  ...more,
});
