import { bundled } from "../support/bundled.mjs";

// Without this plugin rollup finds no package at all.
const args = ["src/index.js", "--plugin", "node-resolve", "--file", "dist/main.js"];

export default bundled("rollup", (project) => project.run("rollup", args), [
  "@rollup/plugin-node-resolve",
]);
