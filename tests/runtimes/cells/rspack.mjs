import { bundled } from "../support/bundled.mjs";

export default bundled("@rspack/core", (project) =>
  project.run("rspack", ["build", "--mode", "production"]),
);
