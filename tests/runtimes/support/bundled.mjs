// The cells of bundlers that make one script of `src/index.js`: `dist/main.js`.

import { outcome, source } from "./page.mjs";

export const bundled = (tools, program, args) => ({
  tools,
  readme: "With a bundler",
  async run(project) {
    await source(project);
    await project.copy("bundled/index.html", "dist/index.html");
    await project.replace("dist/index.html", "./src/index.js", "./main.js");
    await project.run(program, args);
    return outcome(await project.files("dist"));
  },
});
