import { sandboxed } from "../support/sandboxed.mjs";

export default sandboxed({
  tools: ["vitest"],
  template: "vitest.test.js",
  file: "sandbox.test.js",
  run: (project) => project.run("vitest", ["run"]),
});
