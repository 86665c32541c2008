// Stack overflows at every place in the module, on a page.

import { plainPage, scenarioOutcome } from "./page.mjs";

/** A cell with a page that causes them before the scenario. */
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
