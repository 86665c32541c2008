import { bundled } from "../support/bundled.mjs";

const tools = ["@rspack/core", "@rspack/cli"];

export default bundled(tools, "rspack", ["build", "--mode", "production"]);
