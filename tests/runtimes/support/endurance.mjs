// The cells in which everything is done so often that the engine has optimised it and given that up again.

import { plainPage, scenarioOutcome } from "./page.mjs";

/** The part of a runtime: `processes`, two at a time, of which each does everything so many times. */
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

/** The time for a page to do everything a hundred thousand times, in milliseconds, on a busy machine. */
const LONG_PATIENCE = 600_000;

/** A cell with a page that does everything so many times before the scenario. */
export const endurancePage = (browser, times, more) => ({
  browser,
  async run(project) {
    await plainPage(project, "main.js");
    await project.copy("endurance.mjs", "endurance.mjs");
    await project.replace(
      "run.js",
      "return JSON.stringify(",
      `await (await import("./endurance.mjs")).endure(collins, ${times});
    return JSON.stringify(`,
    );
    return scenarioOutcome(await project.files(), browser, LONG_PATIENCE);
  },
  ...more,
});
