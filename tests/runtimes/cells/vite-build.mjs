import { outcome, source } from "../support/page.mjs";

export default {
  tools: ["vite"],
  readme: "With a bundler",
  async run(project) {
    await source(project);
    await project.run("vite", ["build"]);
    return outcome(await project.files("dist"));
  },
};
