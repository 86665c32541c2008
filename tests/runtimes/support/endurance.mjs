// The cells in which everything is done so often that the engine optimises it and gives that up again.

import { closeBrowser } from "./browsers.mjs";
import { plainPage, scenarioOutcome } from "./page.mjs";

/** The part of a runtime: `processes`, two at a time, each of which does everything `times` times. */
export const endurance = (tool, args, { processes, times, often = times }) => ({
  async run(project) {
    await project.copy("endurance.mjs", "endurance.mjs");
    await project.copy("module.mjs", "module.mjs");
    await project.write({
      "endure.mjs": `import * as collins from "collins-customers";
        import { endure } from "./endurance.mjs";
        console.log(await endure(collins, ${times}, ${often}, Number(process.argv[2])));`,
    });
    let next = 0;
    const work = async () => {
      while (next < processes) await project.run(tool, [...args, "endure.mjs", `${next++}`]);
    };
    await Promise.all([work(), work()]);
    return { scenario: JSON.parse(await project.run(tool, [...args, "module.mjs"])) };
  },
});

/** The time limit for a page to do everything a hundred thousand times, in milliseconds, on a busy machine. */
const LONG_PATIENCE = 600_000;

/** A cell with a page that does everything `times` times before the scenario, in `processes` of a browser. */
export const endurancePage = (browser, { processes = 1, times, often = times }, more) => ({
  browser,
  async run(project) {
    await plainPage(project, "main.js");
    await project.copy("endurance.mjs", "endurance.mjs");
    await project.replace(
      "run.js",
      "return JSON.stringify(",
      `const first = Number(new URLSearchParams(location.search).get("first"));
    await (await import("./endurance.mjs")).endure(collins, ${times}, ${often}, first);
    return JSON.stringify(`,
    );
    const url = await project.files();
    let outcome;
    for (let first = 0; first < processes; first++) {
      // A page may get the process of the one before.
      if (first > 0) await closeBrowser(browser);
      outcome = await scenarioOutcome(`${url}?first=${first}`, browser, LONG_PATIENCE);
    }
    return outcome;
  },
  ...more,
});
