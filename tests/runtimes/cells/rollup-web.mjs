import { bundledWeb } from "../support/bundled.mjs";

// Without this plugin rollup finds no package at all.
const tools = ["rollup", "@rollup/plugin-node-resolve"];
const args = ["src/index.js", "--plugin", "node-resolve", "--file", "dist/main.js"];

export default bundledWeb(tools, "rollup", args, { isCopied: true });
