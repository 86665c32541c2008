import { outcome, source } from "../support/page.mjs";

export default {
  tools: ["parcel"],
  readme: "With a bundler",
  async run(project) {
    await source(project);
    await project.run("parcel", ["build", "index.html", "--no-cache"]);
    return outcome(await project.files("dist"));
  },
};
