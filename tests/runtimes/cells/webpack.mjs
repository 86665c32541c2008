import { bundled } from "../support/bundled.mjs";

export default bundled(["webpack", "webpack-cli"], "webpack", ["--mode", "production"]);
