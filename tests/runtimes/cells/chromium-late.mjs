// A page in a browser that compiles modules of this size only asynchronously.
import { plainPage, scenarioOutcome } from "../support/page.mjs";

export default {
  browser: "chromium",
  async run(project) {
    await plainPage(project, "late.js");
    return scenarioOutcome(await project.files());
  },
};
