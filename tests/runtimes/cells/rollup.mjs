import { bundled } from "../support/bundled.mjs";

// Without this plugin rollup does not find packages.
const tools = ["rollup", "@rollup/plugin-node-resolve"];
const args = ["src/index.js", "--plugin", "node-resolve", "--file", "dist/main.js"];

export default bundled(tools, "rollup", args);
