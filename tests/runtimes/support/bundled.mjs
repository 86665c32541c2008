// The cells of bundlers that bundle `src/index.js` into one script: `dist/main.js`.

import { outcome, source, webSource } from "./page.mjs";
import { command } from "./readme.mjs";

async function bundle(project, prepare, program, args) {
  await prepare(project);
  await project.copy("bundled/index.html", "dist/index.html");
  await project.replace("dist/index.html", "./src/index.js", "./main.js");
  await project.run(program, args);
}

export const bundled = (tools, program, args) => ({
  tools,
  readme: "With a bundler",
  async run(project) {
    await bundle(project, source, program, args);
    return outcome(await project.files("dist"));
  },
});

/** The same with `collins-customers/web`. Bundlers that do not know the module need the README's line. */
export const bundledWeb = (tools, program, args, { isCopied } = {}) => ({
  tools,
  readme: "The module as a file, with a bundler",
  async run(project) {
    await bundle(project, webSource, program, args);
    if (isCopied) {
      const [cp, ...paths] = command(
        "cp node_modules/collins-customers/dist/collins_customers.wasm dist/",
      );
      await project.run(cp, paths);
    }
    return outcome(await project.files("dist"));
  },
});
