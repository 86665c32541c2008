import { bundled } from "../support/bundled.mjs";

export default bundled("webpack", (project) =>
  project.run("webpack", ["build", "--mode", "production"]),
);
