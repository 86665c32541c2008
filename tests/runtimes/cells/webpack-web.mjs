import { bundledWeb } from "../support/bundled.mjs";

export default bundledWeb(["webpack", "webpack-cli"], "webpack", ["--mode", "production"]);
