// The client, the proxy and the sandbox in one program, without a server: the additional entries, in runtimes and with
// bundlers.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { transform } from "esbuild";
import { scenarioOutcome } from "../support/page.mjs";
import { json } from "../support/server.mjs";
import { wrangler } from "../support/workerd.mjs";

/** A program that prints the result of the scenario. */
const program = (tool, args) => ({
  runtime: tool,
  run: async (project) => ({ scenario: JSON.parse(await project.run(tool, args)) }),
});

/** A page of one script. */
const page = (runtime, tool, args) => ({
  runtime,
  async run(project) {
    await project.copy("bundled/index.html", "dist/index.html");
    await project.replace("dist/index.html", "./src/index.js", "./main.js");
    await project.run(tool, args);
    return scenarioOutcome(await project.files("dist"));
  },
});

export default {
  tools: [
    "vite",
    "webpack",
    "webpack-cli",
    "rollup",
    "@rollup/plugin-node-resolve",
    "@rspack/core",
    "@rspack/cli",
    "esbuild",
    "wrangler",
  ],

  async prepare(project) {
    await project.copy("bundled");
    for (const file of ["module.mjs", "script.cjs", "worker.mjs"]) await project.copy(file, file);
    await project.copy("house.mjs", "options.mjs");
    await project.replace("src/index.js", 'import "./readme.js";\n', "");
    const code = await readFile(join(project.folder, "options.mjs"), "utf8");
    await project.write({ "options.cjs": (await transform(code, { format: "cjs" })).code });
  },

  parts: {
    node20: program("node20", ["module.mjs"]),
    "node24, require": program("node24", ["script.cjs"]),
    deno: program("deno", ["run", "--no-prompt", "module.mjs"]),
    bun: program("bun", ["module.mjs"]),
    workerd: {
      runtime: "wrangler",
      async run(project) {
        const args = ["worker.mjs", "--compatibility-date", "2026-11-17"];
        return { scenario: await json(await wrangler(project, args)) };
      },
    },
    "vite, dev": {
      async run(project) {
        const [url] = await project.serve("vite", ["--host", "127.0.0.1"], /http:\S+/);
        return scenarioOutcome(url);
      },
    },
    "vite, build": {
      async run(project) {
        await project.run("vite", ["build"]);
        return scenarioOutcome(await project.files("dist"));
      },
    },
    webpack: page("webpack", "webpack", ["--mode", "production"]),
    rspack: page("@rspack/core", "rspack", ["build", "--mode", "production"]),
    rollup: page("rollup", "rollup", [
      "src/index.js",
      "--plugin",
      "node-resolve",
      "--file",
      "dist/main.js",
    ]),
    esbuild: page("esbuild", "esbuild", [
      "src/index.js",
      "--bundle",
      "--minify",
      "--outfile=dist/main.js",
    ]),
  },
};
