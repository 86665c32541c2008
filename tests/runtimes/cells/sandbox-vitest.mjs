import { sandboxed } from "../support/sandboxed.mjs";

export default sandboxed({
  tools: ["vitest"],
  example: ["vitest.test.mjs", "example.test.mjs"],
  template: "vitest.test.js",
  file: "sandbox.test.js",
  run: (project) => project.run("vitest", ["run"]),
});
