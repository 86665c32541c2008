import { bundledWeb } from "../support/bundled.mjs";

const tools = ["@rspack/core", "@rspack/cli"];

export default bundledWeb(tools, "rspack", ["build", "--mode", "production"]);
