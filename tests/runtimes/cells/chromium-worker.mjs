import { plainPage, scenarioOutcome } from "../support/page.mjs";

export default {
  browser: "chromium",
  async run(project) {
    await plainPage(project, "start-worker.js");
    return scenarioOutcome(await project.files());
  },
};
