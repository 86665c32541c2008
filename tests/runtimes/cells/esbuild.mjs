import { bundled } from "../support/bundled.mjs";

const args = ["src/index.js", "--bundle", "--minify", "--outfile=dist/main.js"];

export default bundled(["esbuild"], "esbuild", args);
