import { bundledWeb } from "../support/bundled.mjs";

const args = ["src/index.js", "--bundle", "--format=esm", "--minify", "--outfile=dist/main.js"];

export default bundledWeb(["esbuild"], "esbuild", args, { isCopied: true });
